import type { WrittenEntry } from './written-entry.ts';

/** Where an entry goes. */
export interface Place {
  readonly column: number;
  /** Columns that a mapping in a mapping is indented. */
  readonly step: number;
  /** The key as it is to be written; undefined for an item. */
  readonly key: string | undefined;
  readonly lineBreak: string;
}

/** The lines of an entry for another place, indented as that wants it; nothing else of them changes. */
export function rewrittenEntry(entry: WrittenEntry, place: Place): string {
  const { head, body, column } = entry;
  const lead = ' '.repeat(place.column) + (place.key === undefined ? '-' : `${place.key}:`);
  return shifted(head, place.column - column) + lead + bodyFor(entry, body, place);
}

function bodyFor({ column, inner, key }: WrittenEntry, body: string, place: Place): string {
  const [wasItem, isItem] = [key === undefined, place.key === undefined];
  if (!inner || wasItem === isItem) return shiftedBehind(body, place.column - column);
  // Behind a dash the first entry of a collection stands on its line, behind a key it does not.
  const [, first = '', rest = ''] = /^([^\n]*\n)([\s\S]*)$/.exec(body) ?? [];
  if (isItem) {
    const delta = place.column + 2 - inner.column;
    const content = shifted(rest, delta);
    return first.trim() === '' && !/^\s*#/.test(rest) ? ` ${content.trimStart()}` : first + content;
  }
  const delta = place.column + place.step - inner.column;
  const content = inner.compact ? body.trimStart() : rest;
  if (!inner.compact) return first + shifted(content, delta);
  return place.lineBreak + ' '.repeat(place.column + place.step) + shiftedBehind(content, delta);
}

/** All lines moved to the right, or to the left as far as they have blanks. */
function shifted(lines: string, columns: number): string {
  if (columns === 0) return lines;
  return lines.replaceAll(/^ *(?=[^\r\n])/gm, (blanks) => ' '.repeat(Math.max(blanks.length + columns, 0)));
}

/** All lines but the first. */
export function shiftedBehind(lines: string, columns: number): string {
  const end = lines.indexOf('\n') + 1;
  return lines.slice(0, end) + shifted(lines.slice(end), columns);
}
