import { flowValue } from '../set/block-value.ts';
import { lineBreakOf } from '../set/grow.ts';
import { type RenderContext, render, renderKey } from '../set/render.ts';
import type { Splice } from '../set/splice.ts';
import { lineStartOf } from '../set/window.ts';
import { lineEnd } from '../tree/cursor.ts';
import type { MappingNode, SequenceNode } from '../tree/nodes.ts';
import type { Addition } from './changes.ts';
import { type Entry, entryAt, entryOf, linesOf } from './entry.ts';
import { askedOf } from './exact-edits.ts';
import type { Original } from './original.ts';
import { shiftedBehind } from './rewritten-entry.ts';

export interface Brackets {
  readonly text: string;
  readonly node: MappingNode | SequenceNode;
  readonly json: boolean;
}

/** The splice that puts an entry between brackets: on a line of its own where its neighbours have that. Undefined where it would part a comment from its entry. */
export function insertionInBrackets(brackets: Brackets, change: Addition, original: Original): Splice | undefined {
  const { text, node } = brackets;
  const last = node.type === 'mapping' ? node.pairs.length - 1 : node.items.length - 1;
  const next = node.type === 'sequence' ? entryOf(node, Number(change.path.at(-1)), false) : undefined;
  const before = next ? undefined : entryOf(node, last, false);
  if (!next && !before) return text.slice(node.start + 1, node.end - 1).trim() === '' ? emptied(brackets, change, original) : undefined;
  const pad = padOf(text, next ?? before);
  const separator = pad === undefined ? ', ' : `,${lineBreakOf(text, (next ?? before)?.start ?? 0)}${pad}`;
  const entry = entryText(brackets, change, original, pad ?? indentAt(text, node.start));
  if (entry === undefined) return undefined;
  if (next) return { start: next.start, end: next.start, text: entry + separator };
  const end = before?.value.end ?? node.start + 1;
  if (/^[ \t]*,?[ \t]*#/.test(text.slice(end, lineEnd(text, end)))) return undefined;
  return { start: end, end, text: separator + entry };
}

function emptied(brackets: Brackets, change: Addition, original: Original): Splice | undefined {
  const { node, text } = brackets;
  const entry = entryText(brackets, change, original, indentAt(text, node.start));
  return entry === undefined ? undefined : { start: node.start + 1, end: node.end - 1, text: entry };
}

/** The blanks in front of an entry that has a line of its own. */
function padOf(text: string, entry: Entry | undefined): string | undefined {
  return entry && /^[ \t]*$/.exec(text.slice(lineStartOf(text, entry.start), entry.start))?.[0];
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartOf(text, offset)))?.[0] ?? '';
}

/** @param pad of the line that it begins on */
function entryText({ node, json }: Brackets, change: Addition, original: Original, pad: string): string | undefined {
  const context: RenderContext = { style: json ? 'double' : 'plain', inFlow: true, json };
  const source = change.origin && entryAt(original.text, original.root, change.origin);
  if (change.origin && !source) return undefined;
  const value = source ? writtenValue(original.text, source, { json, pad }) : renderedValue(change, context);
  if (value === undefined || node.type === 'sequence') return value;
  return `${renderKey(String(change.path.at(-1)), context)}: ${value}`;
}

function writtenValue(text: string, source: Entry, { json, pad }: { readonly json: boolean; readonly pad: string }): string | undefined {
  if (hasComments(text, source)) return undefined;
  const { value } = source;
  const start = value.properties?.start ?? value.start;
  const written = text.slice(start, value.end);
  if (!written.includes('\n')) return written;
  return json ? shiftedBehind(written, pad.length - indentAt(text, start).length) : undefined;
}

/** Between brackets there is no room for them. */
function hasComments(text: string, entry: Entry): boolean {
  const lines = linesOf(text, entry);
  const end = lines?.end ?? lineEnd(text, entry.value.end);
  return !entry.parent.flow && (text.slice(lines?.head ?? entry.start, entry.start) + text.slice(entry.value.end, end)).includes('#');
}

function renderedValue({ value }: Addition, context: RenderContext): string {
  const asked = askedOf(value);
  return asked.type === 'collection' && !context.json ? flowValue(asked.value, context) : render(asked, context);
}
