import { type Cell, tableOf } from './table.ts';
import type { Style, Terminal } from './terminal.ts';

/** What the table shows of one thing: a plan's item, or a report's, which may be about something other than a workload. */
export interface ViewItem {
  readonly action: string;
  readonly reason: string;
  readonly ref?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly from?: number;
  readonly to?: number;
  readonly problems?: readonly string[];
  readonly warnings?: readonly string[];
  readonly [field: string]: unknown;
}

export interface ViewOptions {
  readonly terminal: Terminal;
  /** Every item, not only those that are worth reading. */
  readonly all: boolean;
}

const CHANGES = new Set(['sleep', 'wake', 'clear']);
/** Said as warnings, which have a place of their own. */
const NOTICES = new Set(['problem', 'warning']);
const STYLES: Readonly<Record<string, Style>> = { sleep: 'blue', wake: 'green', clear: 'dim', skip: 'yellow', failed: 'red' };

export function isChange(item: { readonly action: string }): boolean {
  return CHANGES.has(item.action);
}

/** A table of what changes and why; without `all`, what is as it should be is left out. Empty when there is nothing to show. */
export function planTable(items: readonly ViewItem[], { terminal, all }: ViewOptions): string {
  const shown = items.filter((item) => !NOTICES.has(item.action) && (all || item.action !== 'none' || (item.problems?.length ?? 0) > 0));
  if (shown.length === 0) return '';
  const clusters = new Set(shown.map(clusterOf));
  const several = clusters.size > 1;
  const header = [...(several ? ['CLUSTER'] : []), 'NAMESPACE', 'WORKLOAD', 'ACTION', 'SIZE', 'WHY'];
  const rows = shown.map((item) => [...(several ? [{ text: clusterOf(item) }] : []), ...rowOf(item)]);
  return tableOf(header, rows, terminal);
}

function rowOf(item: ViewItem): Cell[] {
  const { kind, name, namespace, ref, action, reason } = item;
  const style = STYLES[action];
  return [
    { text: namespace ?? '' },
    { text: kind !== undefined && name !== undefined ? `${kind}/${name}` : (ref ?? '') },
    { text: action, ...(style && { style }) },
    { text: sizeChange(item) },
    { text: action === 'failed' ? withoutHint(reason) : reason },
  ];
}

/** What to do is said once, with the errors; in the table it would stand in every row that one cause has stopped. */
function withoutHint(reason: string): string {
  return reason.split('; ')[0] ?? reason;
}

/** A report's item says in its ref which cluster it is of. */
function clusterOf({ ref, namespace, kind, name }: ViewItem): string {
  const workload = `/${namespace}/${kind}/${name}`;
  return ref?.endsWith(workload) ? ref.slice(0, -workload.length) : '';
}

function sizeChange({ kind, from, to }: ViewItem): string {
  if (from === undefined || to === undefined) return '';
  return from === to ? sizeText(kind, from) : `${sizeText(kind, from)} -> ${sizeText(kind, to)}`;
}

function sizeText(kind: string | undefined, size: number): string {
  if (kind === 'CronJob') return size === 0 ? 'suspended' : 'running';
  return String(size);
}

/** `2 to sleep, 1 to wake, 3 left alone, 14 as they should be`; what there is none of is left out. */
export function planSummary(items: readonly ViewItem[]): string {
  const count = (action: string): number => items.filter((item) => item.action === action).length;
  const parts = [
    [count('sleep'), 'to sleep'],
    [count('wake'), 'to wake'],
    [count('clear'), 'with a record to clear'],
    [count('skip'), 'left alone'],
    [count('none'), 'as they should be'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return said.length === 0 ? 'no workloads' : said.join(', ');
}
