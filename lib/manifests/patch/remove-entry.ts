import { behindContent } from '../set/behind-content.ts';
import type { Splice } from '../set/splice.ts';
import type { YamlNode } from '../tree/nodes.ts';
import type { Steps } from './changes.ts';
import { behindLead, type Entry, entryAt, entryOf, linesOf } from './entry.ts';

/**
 * The splice that takes one entry out of a collection: in brackets with its comma, else its lines with the comment lines that speak of it.
 * Undefined where other text would have to move, and where the way leads through an alias.
 */
export function removalOf(text: string, root: YamlNode, path: Steps): Splice | undefined {
  const entry = entryAt(text, root, path);
  if (!entry) return undefined;
  const { parent, index, inRoot } = entry;
  const next = entryOf(parent, index + 1, inRoot);
  if (parent.flow) return outOfBrackets(text, entry, entryOf(parent, index - 1, inRoot), next);
  if (!next && index === 0) return emptied(text, entry, entryAt(text, root, path.slice(0, -1)));
  const lines = linesOf(text, entry);
  return lines ? { start: lines.head, end: lines.end, text: '' } : headOfItem(text, entry, next);
}

/** Brackets behind the key or the dash that has lost its only entry; what is said of all stays. */
function emptied(text: string, entry: Entry, holder: Entry | undefined): Splice | undefined {
  const lines = linesOf(text, entry);
  const at = entry.parent.properties?.end ?? (holder && behindLead(text, holder));
  if (!lines || at === undefined) return undefined;
  const between = text.slice(at, lines.head);
  const kept = lines.end === text.length && !text.endsWith('\n') ? between.replace(/\r?\n$/, '') : between;
  return { start: at, end: lines.end, text: ` ${entry.parent.type === 'mapping' ? '{}' : '[]'}${kept}` };
}

/** The first key behind a dash: the next one takes its place, if nothing but blanks is between. */
function headOfItem(text: string, { start, value }: Entry, next: Entry | undefined): Splice | undefined {
  const end = behindContent(text, value);
  if (!next || !/^\s*$/.test(text.slice(end, next.start))) return undefined;
  return { start, end: next.start, text: '' };
}

/** From an entry to the next, or from the one before to its end; no comment may be in between. */
function outOfBrackets(
  text: string,
  { parent, start, value }: Entry,
  before: Entry | undefined,
  next: Entry | undefined,
): Splice | undefined {
  const from = next ? start : (before?.value.end ?? parent.start + 1);
  const to = next ? next.start : before ? value.end : parent.end - 1;
  if ((text.slice(from, start) + text.slice(value.end, to)).includes('#')) return undefined;
  return { start: from, end: to, text: '' };
}
