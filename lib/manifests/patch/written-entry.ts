import { lineBreakOf } from '../set/grow.ts';
import type { YamlNode } from '../tree/nodes.ts';
import type { Steps } from './changes.ts';
import { behindEntry, behindLead, entryAt, linesOf } from './entry.ts';

/** An entry as it is written, to be written elsewhere. */
export interface WrittenEntry {
  /** The comment lines above it. */
  readonly head: string;
  /** All behind the colon, or the dash, to the end of its last line. */
  readonly body: string;
  /** Of the key or the dash. */
  readonly column: number;
  /** The key as it is written; undefined for an item. */
  readonly key: string | undefined;
  /** The column of the block collection that the value is, and whether that begins on the line of the dash. */
  readonly inner: { readonly column: number; readonly compact: boolean } | undefined;
}

/** Undefined for a value in brackets that takes several lines, and for a key behind a question mark. */
export function writtenEntry(text: string, root: YamlNode, path: Steps): WrittenEntry | undefined {
  const entry = entryAt(text, root, path);
  if (!entry) return undefined;
  const { parent, key, value, start } = entry;
  const lineBreak = lineBreakOf(text, start);
  const name = key && text.slice(key.properties?.start ?? key.start, key.end);
  if (parent.flow) {
    const written = text.slice(value.properties?.start ?? value.start, value.end);
    return written.includes('\n') ? undefined : { head: '', body: ` ${written}${lineBreak}`, column: 0, key: name, inner: undefined };
  }
  const from = behindLead(text, entry);
  if (from === undefined) return undefined;
  const lines = linesOf(text, entry);
  const body = text.slice(from, lines?.end ?? behindEntry(text, value, parent.column));
  const isBlock = (value.type === 'mapping' || value.type === 'sequence') && !value.flow;
  return {
    head: lines ? text.slice(lines.head, lines.start) : '',
    body: body.endsWith('\n') ? body : body + lineBreak,
    column: parent.column,
    key: name,
    inner: isBlock ? { column: value.column, compact: !text.slice(from, value.start).includes('\n') } : undefined,
  };
}
