import { behindContent } from '../set/behind-content.ts';
import { lineStartOf } from '../set/window.ts';
import { behindBreak, lineEnd } from '../tree/cursor.ts';
import { keyText } from '../tree/key-text.ts';
import type { MappingNode, SequenceNode, YamlNode } from '../tree/nodes.ts';
import type { Steps } from './changes.ts';

/** A key with its value, or an item, and where it stands. */
export interface Entry {
  readonly parent: MappingNode | SequenceNode;
  readonly index: number;
  /** Undefined for an item. */
  readonly key: YamlNode | undefined;
  readonly value: YamlNode;
  /** Of the key with its anchor and tag, or of the dash. */
  readonly start: number;
  /** What stands in front of the first entry of a document is about all of it. */
  readonly inRoot: boolean;
}

/** What a path leads to; undefined where nothing is, or the way leads through an alias. */
export function nodeAt(text: string, root: YamlNode, path: Steps): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((node, step) => {
    if (node?.type === 'sequence') return node.items[Number(step)];
    return node?.type === 'mapping' ? node.pairs.find(({ key }) => keyText(text, key) === String(step))?.value : undefined;
  }, root);
}

export function entryAt(text: string, root: YamlNode, path: Steps): Entry | undefined {
  const parent = nodeAt(text, root, path.slice(0, -1));
  const last = path.at(-1);
  if (last === undefined || (parent?.type !== 'mapping' && parent?.type !== 'sequence')) return undefined;
  const index = parent.type === 'sequence' ? Number(last) : parent.pairs.findIndex(({ key }) => keyText(text, key) === String(last));
  return entryOf(parent, index, parent === root);
}

export function entryOf(parent: MappingNode | SequenceNode, index: number, inRoot: boolean): Entry | undefined {
  const pair = parent.type === 'mapping' ? parent.pairs[index] : undefined;
  const value = parent.type === 'mapping' ? pair?.value : parent.items[index];
  if (!value) return undefined;
  const first = pair?.key ?? value;
  const dash = parent.type === 'sequence' ? parent.dashes[index] : undefined;
  return { parent, index, key: pair?.key, value, start: dash ?? first.properties?.start ?? first.start, inRoot };
}

/** Behind the colon, or the dash; undefined for a key behind a question mark. */
export function behindLead(text: string, { key, start }: Entry): number | undefined {
  if (!key) return start + 1;
  const colon = /^[ \t]*:/.exec(text.slice(key.end))?.[0];
  return colon === undefined ? undefined : key.end + colon.length;
}

/** The lines of an entry of a block collection. */
export interface EntryLines {
  /** Where the comment lines above it begin that speak of it: those of its indentation, without a blank line between. */
  readonly head: number;
  readonly start: number;
  /** Behind its last line, comments that are indented deeper than it included. */
  readonly end: number;
}

/** Undefined in a flow collection, and where the entry stands behind something else on its line, such as a dash. */
export function linesOf(text: string, { parent, index, value, start, inRoot }: Entry): EntryLines | undefined {
  const line = lineStartOf(text, start);
  if (parent.flow || !/^ *$/.test(text.slice(line, start))) return undefined;
  const head = inRoot && index === 0 ? line : aboveComments(text, line);
  return { head, start: line, end: behindEntry(text, value, parent.column) };
}

/** Behind the lines of a value, and comments that are indented deeper than the column of its entry. */
export function behindEntry(text: string, value: YamlNode, column: number): number {
  let end = behindContent(text, value);
  for (let line = end; line < text.length; ) {
    const next = behindBreak(text, lineEnd(text, line));
    const [, blanks = '', sign = ''] = /^( *)(#?)/.exec(text.slice(line, lineEnd(text, line))) ?? [];
    if (sign !== '' && blanks.length > column) end = next;
    else if (text.slice(line, next).trim() !== '') break;
    line = next;
  }
  return end;
}

function aboveComments(text: string, lineStart: number): number {
  const indent = /^ */.exec(text.slice(lineStart, lineEnd(text, lineStart)))?.[0] ?? '';
  let start = lineStart;
  for (;;) {
    const above = lineStartOf(text, start - 1);
    if (above >= start || !text.startsWith(`${indent}#`, above)) return start;
    start = above;
  }
}
