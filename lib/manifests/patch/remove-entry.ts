import { bodyRange } from '../set/block-text.ts';
import type { Splice } from '../set/splice.ts';
import { lineStartOf } from '../set/window.ts';
import { behindBreak, lineEnd } from '../tree/cursor.ts';
import { keyText } from '../tree/key-text.ts';
import { isBlockScalar, type MappingNode, type SequenceNode, type YamlNode } from '../tree/nodes.ts';
import type { Steps } from './changes.ts';

/**
 * The splice that takes one entry out of a block collection: its lines, with the comment lines that stand directly above it unless it is the first.
 * Undefined where other text would have to move: in flow collections, for the only entry, and where the way leads through an alias.
 */
export function removalOf(text: string, root: YamlNode, path: Steps): Splice | undefined {
  const parent = path.slice(0, -1).reduce<YamlNode | undefined>((node, step) => node && childOf(text, node, step), root);
  const last = path.at(-1);
  if (last === undefined || !parent || (parent.type !== 'mapping' && parent.type !== 'sequence') || parent.flow) return undefined;
  const entries = entriesOf(parent);
  const index = parent.type === 'mapping' ? parent.pairs.findIndex(({ key }) => keyText(text, key) === String(last)) : Number(last);
  const entry = entries[index];
  if (!entry || entries.length === 1) return undefined;
  const start = lineStartOf(text, entry.start);
  const end = behindContent(text, entry.node);
  if (/^ *$/.test(text.slice(start, entry.start))) return { start: index === 0 ? start : aboveComments(text, start), end, text: '' };
  return headOfItem(text, { start: entry.start, end, next: entries[index + 1]?.start });
}

function childOf(text: string, node: YamlNode, step: string | number): YamlNode | undefined {
  if (node.type === 'sequence') return node.items[Number(step)];
  return node.type === 'mapping' ? node.pairs.find(({ key }) => keyText(text, key) === String(step))?.value : undefined;
}

interface Entry {
  readonly start: number;
  readonly node: YamlNode;
}

function entriesOf(node: MappingNode | SequenceNode): readonly Entry[] {
  if (node.type === 'mapping') return node.pairs.map(({ key, value }) => ({ start: key.properties?.start ?? key.start, node: value }));
  return node.items.map((item, index) => ({ start: node.dashes[index] ?? item.start, node: item }));
}

/** The first key behind a dash: the next one takes its place, if nothing but blanks is between. */
function headOfItem(
  text: string,
  { start, end, next }: { readonly start: number; readonly end: number; readonly next: number | undefined },
): Splice | undefined {
  if (next === undefined || !/^\s*$/.test(text.slice(end, next))) return undefined;
  return { start, end: next, text: '' };
}

/** Behind the last line that has something of the node on it. */
function behindContent(text: string, node: YamlNode): number {
  const last = node.type === 'mapping' ? node.pairs.at(-1)?.value : node.type === 'sequence' ? node.items.at(-1) : undefined;
  if (last && (node.type === 'mapping' || node.type === 'sequence') && !node.flow) return behindContent(text, last);
  return isBlockScalar(node) ? bodyRange(text, node).end : behindBreak(text, lineEnd(text, node.end));
}

/** The start of the comment lines above, of the same indentation and without a blank line between. */
function aboveComments(text: string, lineStart: number): number {
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? '';
  let start = lineStart;
  for (;;) {
    const above = lineStartOf(text, start - 1);
    if (start === 0 || !text.startsWith(`${indent}#`, above)) return start;
    start = above;
  }
}
