import type { Bar } from './bars.ts';
import type { Figures, Phase } from './figures.ts';

const PHASE_NAMES: Readonly<Record<Phase, string>> = { sleep: 'sleep', again: 'sleep again, nothing to do', wake: 'wake' };

export function figuresTable(figures: readonly Figures[], objects: number): string {
  const head = ['run', 'who', 's', 'objects/s', 'of the ceiling', 'LIST', 'PATCH', 'other', 'MB in', 'MB out', 'CPU s', 'peak RSS MB'];
  return markdown(
    head,
    figures.map((each) => row(each, objects)),
  );
}

export function barsTable(bars: readonly Bar[]): string {
  return markdown(
    ['bar', 'measured', ''],
    bars.map(({ promise, measured, met }) => [promise, measured, met ? 'PASS' : 'MISS']),
  );
}

function row({ phase, contestant, ...of }: Figures, objects: number): readonly string[] {
  const { LIST = 0, PATCH = 0, ...others } = of.requests;
  const other = Object.values(others).reduce<number>((sum, count = 0) => sum + count, 0);
  return [
    PHASE_NAMES[phase],
    contestant,
    (of.ms / 1000).toFixed(2),
    ((objects * 1000) / of.ms).toFixed(0),
    of.ofCeiling.toFixed(2),
    String(LIST),
    String(PATCH),
    String(other),
    (of.bytesIn / 1e6).toFixed(1),
    (of.bytesOut / 1e6).toFixed(1),
    (of.cpuMs / 1000).toFixed(2),
    of.peakRssMb.toFixed(0),
  ];
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
