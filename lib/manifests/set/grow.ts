import { behindBreak, lineEnd } from '../tree/cursor.ts';
import type { MappingNode, SequenceNode, YamlNode } from '../tree/nodes.ts';
import { nodesAlong, type Step } from '../tree/steps.ts';
import type { Asked, JsonValue } from './asked.ts';
import { behindContent } from './behind-content.ts';
import { laidOutJson } from './laid-out-json.ts';
import { layoutOf } from './layout.ts';
import { type BlockContext, blockText, flowPair, flowText, isLaidOut, type Part } from './new-entry.ts';
import type { RenderContext } from './render.ts';
import type { Splice } from './splice.ts';
import { lineStartOf } from './window.ts';

export interface Growth {
  readonly root: YamlNode;
  /** To the collection, or to the empty value that becomes one. */
  readonly steps: readonly Step[];
  readonly parts: readonly Part[];
  readonly asked: Asked;
  readonly json: boolean;
}

/** How an entry could be added at the end of a collection, best first; none where it would get in the way of a comment. Nothing else moves. */
export function waysToGrow(text: string, growth: Growth): readonly Splice[] {
  const nodes = nodesAlong(growth.root, growth.steps);
  const node = nodes.at(-1) ?? growth.root;
  const inFlow = nodes.some((each) => (each.type === 'mapping' || each.type === 'sequence') && each.flow);
  const styles = ['plain', 'double'] as const;
  const ways = styles.map((style) => {
    const render: RenderContext = { style, inFlow, json: growth.json };
    if (node.type === 'empty') return inFlow ? intoFlowGap(node, growth, render) : intoBlockGap(text, nodes, growth, render);
    if (node.type !== 'mapping' && node.type !== 'sequence') return undefined;
    return node.flow ? intoFlow(text, node, growth, render) : intoBlock(text, node, growth, render);
  });
  return ways.filter((way) => way !== undefined);
}

function intoBlock(text: string, node: MappingNode | SequenceNode, { parts, asked, root }: Growth, render: RenderContext): Splice {
  const at = behindContent(text, node);
  return lines(text, at, { ...render, column: node.column, ...stepsOf(root, asked), gap: gapOf(text, node) }, { parts, asked });
}

interface Entry {
  readonly parts: readonly Part[];
  readonly asked: Asked;
}

/** Whole lines at an offset that a line begins at, or at the end of a text without a final line break, which it keeps being without. */
function lines(text: string, at: number, context: Omit<BlockContext, 'lineBreak'>, { parts, asked }: Entry): Splice {
  const lineBreak = lineBreakOf(text, at);
  const body = ' '.repeat(context.column) + blockText(parts, asked, { ...context, lineBreak });
  const continued = at === 0 || text[at - 1] === '\n' || (at === 1 && text.startsWith('\uFEFF'));
  return { start: at, end: at, text: continued ? body + lineBreak : lineBreak + body };
}

/** Under a key, at a dash or in a document that has no value yet. */
function intoBlockGap(text: string, nodes: readonly YamlNode[], { root, parts, asked }: Growth, render: RenderContext): Splice | undefined {
  const node = nodes.at(-1) ?? root;
  const parent = nodes.at(-2);
  if (node.properties) return undefined;
  const context = { ...render, ...stepsOf(root, asked), gap: ' ' };
  const below = behindBreak(text, lineEnd(text, node.start));
  if (parent === undefined) return lines(text, below, { ...context, column: 0 }, { parts, asked });
  if (parent.type === 'mapping') return lines(text, below, { ...context, column: parent.column + context.step }, { parts, asked });
  if (parent.type !== 'sequence') return undefined;
  const body = blockText(parts, asked, { ...context, column: parent.column + 2, lineBreak: lineBreakOf(text, below) });
  return { start: node.start, end: node.start, text: ` ${body}` };
}

function intoFlowGap(node: YamlNode, { parts, asked }: Growth, render: RenderContext): Splice {
  return { start: node.start, end: node.start, text: ` ${flowText(parts, asked, render)}` };
}

/** Behind the last entry of `{...}` or `[...]`, on a line of its own if that is. */
function intoFlow(text: string, node: MappingNode | SequenceNode, { parts, asked }: Growth, render: RenderContext): Splice | undefined {
  const entries =
    node.type === 'mapping' ? node.pairs.map(({ key, value }) => ({ key, value })) : node.items.map((value) => ({ key: value, value }));
  const last = entries.at(-1);
  const [part, ...rest] = parts;
  const quoted = node.type === 'mapping' && last?.key.type === 'scalar' && last.key.style === 'double';
  const context: RenderContext = quoted ? { ...render, style: 'double' } : render;
  const before = entries.at(-2)?.value.end ?? node.start + 1;
  const between = last ? text.slice(before, last.key.start) : '';
  const inLines = context.json && rest.length === 0 && isLaidOut(asked) ? jsonLines(text, node.start, between, asked.value) : undefined;
  const value = inLines ?? flowText(rest, asked, context);
  const entry = part === undefined || part === 'item' ? value : flowPair(part.key, value, context);
  if (!last) return text.slice(node.start + 1, node.end - 1).trim() === '' ? insertion(node.start + 1, entry) : undefined;
  if (/^[ \t]*,?[ \t]*#/.test(text.slice(last.value.end, lineEnd(text, last.value.end)))) return undefined;
  return insertion(
    last.value.end,
    between.includes('\n') ? `,${lineBreakOf(text, last.key.start)}${/[ \t]*$/.exec(between)?.[0] ?? ''}${entry}` : `, ${entry}`,
  );
}

/** JSON over several lines, where the entries of what holds it have lines of their own, indented as they are. */
function jsonLines(text: string, start: number, between: string, value: JsonValue): string | undefined {
  const [, lineBreak, pad = ''] = /(\r?\n)([ \t]*)$/.exec(between) ?? [];
  const outer = /^[ \t]*/.exec(text.slice(lineStartOf(text, start)))?.[0] ?? '';
  if (lineBreak === undefined || !pad.startsWith(outer) || pad === outer) return undefined;
  return laidOutJson(value, { lineBreak: lineBreak + pad, step: pad.slice(outer.length) });
}

function insertion(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

/** The break of the line before, or of the first line. */
export function lineBreakOf(text: string, at: number): string {
  const before = /\r?\n$/.exec(text.slice(Math.max(0, at - 2), at))?.[0];
  return before ?? /\r?\n/.exec(text)?.[0] ?? '\n';
}

interface Steps {
  readonly step: number;
  readonly listStep: number;
}

/** Columns that the document indents what is in a mapping; where no list tells it, one of several lines is written as Kubernetes prints it. */
export function stepsOf(root: YamlNode, asked: Asked): Steps {
  const { step = 2, listStep = isLaidOut(asked) ? 0 : step } = layoutOf(root);
  return { step: Math.max(step, 1), listStep: Math.max(listStep, 0) };
}

/** Blanks behind the dash of a list's last item. */
export function gapOf(text: string, node: MappingNode | SequenceNode): string {
  const last = node.type === 'sequence' ? node.items.at(-1) : undefined;
  const dash = node.type === 'sequence' ? node.dashes.at(-1) : undefined;
  if (!last || dash === undefined || lineStartOf(text, last.start) !== lineStartOf(text, dash)) return ' ';
  const gap = text.slice(dash + 1, last.properties?.start ?? last.start);
  return /^ +$/.test(gap) ? gap : ' ';
}
