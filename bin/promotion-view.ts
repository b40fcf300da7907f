import type { Promotion, PromotionItem } from '../lib/manifests/promote/promotion.ts';
import { type Cell, tableOf } from './table.ts';
import type { Terminal } from './terminal.ts';

export interface PromotionViewOptions {
  /** The files have been written. */
  readonly wrote: boolean;
  /** The directory that is promoted to. */
  readonly to: string;
  /** Shown above the table; '' when it has been shown already. */
  readonly diff: string;
  readonly terminal: Terminal;
}

/** What a promotion changes, for people: the diff, a table of the versions, and what came of it. */
export function promotionText({ items, files }: Promotion, { wrote, to, diff, terminal }: PromotionViewOptions): string {
  const changed = items.filter((item) => item.changed);
  if (files.length === 0)
    return `nothing to do: ${counted(items.length, 'version')} in ${to} ${items.length === 1 ? 'is' : 'are'} as in the source already`;
  const table = tableOf(['FILE', 'WHAT', 'PATH', 'FROM', 'TO'], changed.map(rowOf), { ...terminal, columns: undefined });
  const same = items.length - changed.length;
  const rest = same === 0 ? '' : `, ${same} as ${same === 1 ? 'it is' : 'they are'} to be already`;
  const end = `${wrote ? 'wrote' : 'would write'} ${counted(files.length, 'file')}: ${counted(changed.length, 'version')} changed${rest}`;
  return [...(diff === '' ? [] : [diff, '']), table, '', end].join('\n');
}

function rowOf({ file, doc, what, path, from, to }: PromotionItem): Cell[] {
  return [
    { text: doc === 0 ? file : `${file}#${doc}` },
    { text: what },
    { text: path },
    { text: from === '' ? '-' : from },
    { text: to === '' ? '-' : to, style: 'green' },
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
