import type { Asked } from './asked.ts';
import { blockValue, flowValue } from './block-value.ts';
import type { Segment } from './path.ts';
import { type RenderContext, render, renderKey } from './render.ts';

/** Something to be made: a key of a mapping, or an item of a list. */
export type Part = { readonly key: string } | 'item';

/** What the segments of a path that leads nowhere yet would make; undefined where a number could be either. */
export function partsOf(segments: readonly Segment[]): readonly Part[] | undefined {
  const parts = segments.map(({ kind, text }): Part | undefined => {
    if (kind === 'key') return { key: text };
    if (text === (kind === 'pointer' ? '-' : '-1')) return 'item';
    return kind === 'index' || /^-?\d+$/.test(text) ? undefined : { key: text };
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

/** The value that the parts enclose, without its notation. */
export function enclosed(parts: readonly Part[], asked: Asked): unknown {
  return parts.reduceRight<unknown>((inner, part) => (part === 'item' ? [inner] : { [part.key]: inner }), asked.value);
}

/** `{b: {c: v}}`. */
export function flowText(parts: readonly Part[], asked: Asked, context: RenderContext): string {
  const [part, ...rest] = parts;
  if (part === undefined) return isLaidOut(asked) ? flowValue(asked.value, context) : render(asked, context);
  return part === 'item' ? `[${flowText(rest, asked, context)}]` : `{${flowPair(part.key, flowText(rest, asked, context), context)}}`;
}

export function flowPair(key: string, value: string, context: RenderContext): string {
  return `${renderKey(key, context)}: ${value}`;
}

export interface BlockContext extends RenderContext {
  readonly column: number;
  /** Columns that each level is indented more. */
  readonly step: number;
  /** Columns that a list is indented more than its key. */
  readonly listStep: number;
  readonly lineBreak: string;
  /** Blanks behind a dash. */
  readonly gap: string;
}

/** Lines for an entry of a block collection, the first without its indentation and the last without its line break. */
export function blockText(parts: readonly Part[], asked: Asked, context: BlockContext): string {
  const { column, step, listStep, lineBreak, gap } = context;
  const [part, ...rest] = parts;
  if (part === undefined) return render(asked, context);
  if (part === 'item' && rest.length === 0 && isLaidOut(asked)) return `-${blockValue(asked.value, 'item', context)}`;
  if (part === 'item') return `-${gap}${blockText(rest, asked, { ...context, column: column + 1 + gap.length, gap: ' ' })}`;
  const key = `${renderKey(part.key, context)}:`;
  if (rest.length === 0) return isLaidOut(asked) ? key + blockValue(asked.value, 'key', context) : `${key} ${render(asked, context)}`;
  const inner = column + (rest[0] === 'item' ? listStep : step);
  return `${key}${lineBreak}${' '.repeat(inner)}${blockText(rest, asked, { ...context, column: inner, gap: ' ' })}`;
}

export function isLaidOut(asked: Asked): asked is Extract<Asked, { type: 'collection' }> {
  return asked.type === 'collection' && asked.layout === 'block';
}
