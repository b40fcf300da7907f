import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient } from '../kubernetes/client.ts';
import { KubernetesError, NotFoundError, UnauthorizedError } from '../kubernetes/errors.ts';
import { mapLimit } from '../platform/map-limit.ts';
import type { Action, Decision } from './decision.ts';
import { explain } from './explain.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { LedgerEntry } from './ledger.ts';
import { originalOf } from './original.ts';
import { readWorkload } from './read-workload.ts';
import { refOf, type Workload } from './workload.ts';

/**
 * Puts back what a run's ledger holds, whatever is left on the object. A record on the object that is still owed is newer than the ledger
 * and wins; an object that is as large as its original, or larger, keeps its size.
 */
export function decideRestore(entry: LedgerEntry, workload: Workload): Decision {
  const original = originalOf(workload);
  const size = original.kind === 'recorded' && original.owed ? original.size : entry.original;
  const recreated = entry.uid !== workload.uid ? '; the object was recreated since' : '';
  const disagrees =
    size === entry.original ? [] : [`the record on the object, ${size}, is newer than the ledger's ${entry.original}: it holds`];
  const said = (action: Action, to: number, reason: string): Decision => ({
    workload,
    action,
    from: workload.size,
    to,
    original: null,
    reason: `${reason}${recreated}`,
    takesPart: true,
    problems: [],
    warnings: disagrees,
  });
  if (workload.size < size) return said('wake', size, 'restored from the ledger');
  if (original.kind === 'none') return said('none', workload.size, 'is already as large as it was');
  if (workload.size === size) return said('clear', size, 'is already as large as it was; its record is dropped');
  return {
    ...said('skip', workload.size, `runs ${workload.size}, more than the ${size} it had: left alone`),
    original: keptRecord(workload),
  };
}

function keptRecord(workload: Workload): Decision['original'] {
  const original = originalOf(workload);
  if (original.kind === 'none') return null;
  return original.kind === 'recorded' ? original.size : original.text;
}

export interface RestoreView {
  readonly found: readonly { readonly entry: LedgerEntry; readonly workload: Workload }[];
  /** Entries whose object no longer exists. */
  readonly missing: readonly string[];
  /** Objects that exist, for all we know, and could not be read. */
  readonly unread: readonly string[];
  /** What of the ledger cannot be read. */
  readonly problems: readonly string[];
  /** What a person should know of the ledger. */
  readonly warnings: readonly string[];
}

/**
 * Looks at exactly the objects that the ledger names. An object that cannot be read does not keep the others from being restored.
 * @throws KubernetesError when none of them can be read
 */
export async function observeEntries(
  client: KubernetesClient,
  entries: readonly LedgerEntry[],
  options: { readonly concurrency: number; readonly signal: AbortSignal },
): Promise<Omit<RestoreView, 'problems' | 'warnings'>> {
  const seen = new Map<LedgerEntry, Workload>();
  const missing: string[] = [];
  const unread: { ref: string; error: KubernetesError }[] = [];
  await mapLimit(entries, options.concurrency, async (entry) => {
    const { kind, namespace, name } = entry;
    try {
      const object = await client.get<KubernetesObject>(adapterOf(kind).resource, { namespace, name }, { signal: options.signal });
      seen.set(entry, readWorkload(kind, object));
    } catch (error) {
      if (!(error instanceof KubernetesError) || error instanceof UnauthorizedError) throw error;
      if (error instanceof NotFoundError) missing.push(refOf(entry));
      else unread.push({ ref: refOf(entry), error });
    }
  });
  if (unread[0] && unread.length === entries.length) throw unread[0].error;
  return {
    found: entries.flatMap((entry) => {
      const workload = seen.get(entry);
      return workload ? [{ entry, workload }] : [];
    }),
    missing,
    unread: unread.map(({ ref, error }) => `${ref} could not be read, so it is not restored: ${explain(error)}`),
  };
}
