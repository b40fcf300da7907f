import { originalReplicas } from './annotations.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { Workload } from './workload.ts';

/** The record of what a sleeping object was. `owed`: the object is smaller than its record, so the record must not be lost. */
export type Original =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'recorded'; readonly size: number; readonly owed: boolean };

export function originalOf(workload: Workload): Original {
  const text = workload.annotations[originalReplicas];
  if (text === undefined) return { kind: 'none' };
  const size = adapterOf(workload.kind).parseOriginal(text.trim());
  if (size === undefined) return { kind: 'unreadable', text };
  return { kind: 'recorded', size, owed: workload.size < size };
}
