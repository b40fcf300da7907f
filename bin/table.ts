import type { Style, Terminal } from './terminal.ts';

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const GAP = 2;
/** A last column narrower than this would be all ellipsis; then the terminal may fold the lines. */
const NARROWEST = 16;

/**
 * Lines of a table with as much room as the terminal has: the last column, which explains, is cut where the line ends.
 * Elsewhere (a pipe, a file) nothing is cut.
 */
export function tableOf(header: readonly string[], rows: readonly (readonly Cell[])[], terminal: Terminal): string {
  const all = [header.map((text): Cell => ({ text, style: 'dim' })), ...rows.map((row) => row.map(singleLine))];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.text.length ?? 0)));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, 0);
  const room = terminal.columns === undefined ? Number.POSITIVE_INFINITY : Math.max(NARROWEST, terminal.columns - before);
  return all
    .map((row) =>
      row
        .map((cell, column) => paint(cell, column))
        .join('')
        .trimEnd(),
    )
    .join('\n');

  function paint(cell: Cell, column: number): string {
    const last = column === header.length - 1;
    const text = last ? cut(cell.text, room) : cell.text;
    const padding = last ? '' : ' '.repeat((widths[column] ?? 0) + GAP - text.length);
    return `${cell.style && text !== '' ? terminal.paint(cell.style, text) : text}${padding}`;
  }
}

/** Names and reasons come from clusters and files: a control character would let them write over the table. */
function singleLine(cell: Cell): Cell {
  return { ...cell, text: cell.text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ') };
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
