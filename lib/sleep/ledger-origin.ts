import { RefusedError } from '../platform/errors.ts';

/** What a ledger says of the cluster that it was written on. */
export interface LedgerOrigin {
  /** UIDs in its documents; more than one when clusters of one name took part in one run. */
  readonly clusterUids: readonly string[];
  /** Some documents name no cluster: written by an older version, or where the cluster did not say. */
  readonly unnamed: boolean;
}

/**
 * Holds a ledger to the cluster that is about to be restored from it.
 * @returns what a person should know when it cannot be told whether they belong together, or when that was overruled
 * @throws RefusedError when they do not
 */
export function checkOrigin(
  { clusterUids, unnamed }: LedgerOrigin,
  live: string | undefined,
  run: { readonly cluster: string; readonly recreated: boolean },
): readonly string[] {
  const others = live === undefined ? [] : clusterUids.filter((uid) => uid !== live);
  if (others.length > 0 && !run.recreated) {
    throw new RefusedError(
      `the ledger was written on another cluster that was called ${run.cluster} too (${others.join(', ')}, and this one is ${live})`,
      {
        hint: 'choose the cluster that the run worked on; if this is it, built anew under its old name, restore with nightshift restore --cluster-recreated',
      },
    );
  }
  if (others.length > 0) return ['the ledger was written on another cluster of this name, and is used as it was asked'];
  if (live === undefined)
    return [`the cluster does not say which one it is, so the ledger was believed to be its own: allow get on namespace kube-system`];
  return unnamed ? ['the ledger does not say which cluster it was written on, so it was believed to be this one'] : [];
}
