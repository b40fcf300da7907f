import type { StatusItem, StatusWord } from '../lib/rollout/status/status-item.ts';
import { type Cell, tableOf } from './table.ts';
import type { Style, Terminal } from './terminal.ts';

const STYLES: Readonly<Record<StatusWord, Style>> = {
  Current: 'green',
  InProgress: 'yellow',
  Failed: 'red',
  Terminating: 'dim',
  done: 'green',
  wait: 'yellow',
  waiting: 'yellow',
  blocked: 'red',
  failed: 'red',
  error: 'red',
  degraded: 'yellow',
  ignored: 'dim',
  terminating: 'dim',
};

/** A table of the items, and below it how many there are of each status. */
export function statusText(items: readonly StatusItem[], terminal: Terminal): string {
  if (items.length === 0) return 'no objects';
  const table = tableOf(['NAMESPACE', 'OBJECT', 'STATUS', 'REASON', 'MESSAGE'], items.map(rowOf), terminal);
  return `${table}\n\n${summaryOf(items)}`;
}

function rowOf({ namespace, kind, name, status, reason, message }: StatusItem): readonly Cell[] {
  const object = kind === '' ? '?' : `${kind}/${name}`;
  return [{ text: namespace }, { text: object }, { text: status, style: STYLES[status] }, { text: reason }, { text: message }];
}

/** `3 done, 1 failed`, in the order in which they are met. */
function summaryOf(items: readonly StatusItem[]): string {
  const counts = new Map<string, number>();
  for (const { status } of items) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
}
