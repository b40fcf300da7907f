import { describe, expect, test } from 'vitest';
import { DeadlineError, RefusedError } from '../../../lib/platform/errors.ts';
import { checkOrigin, clusterIdentity } from '../../../lib/sleep/cluster-identity.ts';
import { ModelCluster } from '../../support/model-cluster.ts';
import { CallFaults } from '../../support/model-faults.ts';

const { signal } = new AbortController();
const kubeSystem = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } };

describe('which cluster this is', () => {
  test('is told by the UID of kube-system, which differs between clusters of one name', async () => {
    const cluster = new ModelCluster('default');
    cluster.add(kubeSystem);

    expect(await clusterIdentity(cluster.client(), signal)).toBe('uid-1');
  });

  test('is unknown where that namespace may not be read, or is none', async () => {
    const cluster = new ModelCluster('default');
    expect(await clusterIdentity(cluster.client(), signal)).toBeUndefined();
    cluster.add(kubeSystem);

    expect(await clusterIdentity(cluster.client(new CallFaults(new Map([[1, { kind: 'refused' }]]))), signal)).toBeUndefined();
  });

  test('is not unknown because the time is up', async () => {
    const client = { ...new ModelCluster().client(), get: () => Promise.reject(new DeadlineError('the run stopped')) };

    await expect(clusterIdentity(client, signal)).rejects.toThrow(DeadlineError);
  });
});

describe('a ledger', () => {
  const run = { cluster: 'default', recreated: false };
  const of = (...clusterUids: string[]) => ({ clusterUids, unnamed: false });

  test('of this very cluster is used without a word', () => {
    expect(checkOrigin(of('a'), 'a', run)).toEqual([]);
  });

  test.each([[['b']], [['a', 'b']]])('written on %j is refused on a, with both named', (uids) => {
    expect(() => checkOrigin(of(...uids), 'a', run)).toThrow(RefusedError);
    expect(() => checkOrigin(of(...uids), 'a', run)).toThrow(/another cluster that was called default too \(b, and this one is a\)/);
  });

  test('of another cluster is used when a person says that it is the same one built anew, with a warning', () => {
    expect(checkOrigin(of('b'), 'a', { ...run, recreated: true })).toEqual([expect.stringContaining('another cluster of this name')]);
  });

  test.each([
    ['the ledger does not say', { clusterUids: [], unnamed: true }, 'a', /ledger does not say/],
    ['some of it does not say', { clusterUids: ['a'], unnamed: true }, 'a', /ledger does not say/],
    ['the cluster does not say', of('a'), undefined, /allow get on namespace kube-system/],
  ])('is used with a warning when %s', (_, origin, live, warning) => {
    expect(checkOrigin(origin, live, run)).toEqual([expect.stringMatching(warning)]);
  });
});
