import type { Asked, JsonValue } from './asked.ts';
import type { BlockContext } from './new-entry.ts';
import { isBlockPrintable } from './plain-safe.ts';
import { type RenderContext, render, renderKey } from './render.ts';

/** A value over as many lines as it needs: as it stands behind a key, or behind a dash; the last line has no line break. */
export function blockValue(value: JsonValue, holder: 'key' | 'item', context: BlockContext): string {
  const { column, gap } = context;
  const lead = holder === 'item' ? gap : ' ';
  if (isEmpty(value)) return `${lead}${Array.isArray(value) ? '[]' : '{}'}`;
  if (typeof value === 'string') return lead + (literal(value, context) ?? scalar(value, context));
  if (typeof value !== 'object' || value === null) return lead + scalar(value, context);
  const inner = holder === 'item' ? column + 1 + gap.length : column + (Array.isArray(value) ? context.listStep : context.step);
  const entries = entriesOf(value, { ...context, column: inner, gap: ' ' });
  const lineStart = `${context.lineBreak}${' '.repeat(inner)}`;
  return (holder === 'item' ? gap : lineStart) + entries.join(lineStart);
}

function entriesOf(value: object, context: BlockContext): readonly string[] {
  if (Array.isArray(value)) return value.map((item: JsonValue) => `-${blockValue(item, 'item', context)}`);
  return Object.entries(value).map(
    ([key, inner]: [string, JsonValue]) => `${renderKey(key, context)}:${blockValue(inner, 'key', context)}`,
  );
}

/** The same in brackets, on one line. */
export function flowValue(value: JsonValue, context: RenderContext): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => flowValue(item, context)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return render(askedOf(value), context);
  return `{${Object.entries(value)
    .map(([key, inner]: [string, JsonValue]) => `${renderKey(key, context)}: ${flowValue(inner, context)}`)
    .join(', ')}}`;
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function scalar(value: string | number | boolean | null, context: BlockContext): string {
  return render(askedOf(value), context);
}

function askedOf(value: string | number | boolean | null): Asked {
  if (value === null) return { type: 'null', value };
  if (typeof value === 'string') return { type: 'string', value };
  return typeof value === 'number' ? { type: 'number', value, text: String(value) } : { type: 'boolean', value };
}

/** Several lines, as they are; undefined for what a block scalar cannot carry, or only with an indentation indicator. */
function literal(text: string, { column, step, lineBreak }: BlockContext): string | undefined {
  const [, core = '', breaks = ''] = /^([\s\S]*?)(\n*)$/.exec(text) ?? [];
  if (!text.includes('\n') || core === '' || breaks.length > 1 || !isBlockPrintable(text)) return undefined;
  // libyaml takes a tab at the beginning of a block for indentation, and refuses the file.
  if (/^[ \t\n]/.test(core) || /[ \t]$/m.test(core)) return undefined;
  const pad = ' '.repeat(column + Math.max(step, 2));
  return [breaks === '' ? '|-' : '|', ...core.split('\n').map((line) => (line === '' ? '' : pad + line))].join(lineBreak);
}
