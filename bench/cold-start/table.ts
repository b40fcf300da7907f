import type { Bar } from './bars.ts';
import type { Figures } from './figures.ts';

export function figuresTable(figures: readonly Figures[]): string {
  const head = ['', 'first poll ms', 'of bare', 'of obvious', 'CPU ms', 'first answer ms', 'peak RSS MB', 'init KB', 'init files'];
  return markdown(head, figures.map(row));
}

export function barsTable(bars: readonly Bar[]): string {
  return markdown(
    ['bar', 'measured', ''],
    bars.map(({ promise, measured, verdict }) => [promise, measured, verdict]),
  );
}

function row({ name, opened, toObvious, ...of }: Figures): readonly string[] {
  return [
    name,
    of.firstPollMs.toFixed(0),
    of.toBare.toFixed(2),
    toObvious === undefined ? '-' : toObvious.toFixed(2),
    number(of.firstPollCpuMs),
    of.firstAnswerMs.toFixed(0),
    number(of.peakRssMB),
    (opened.bytes / 1000).toFixed(opened.bytes < 1000 ? 1 : 0),
    String(opened.files),
  ];
}

function number(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(0);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
