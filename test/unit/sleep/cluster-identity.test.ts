import { describe, expect, test } from 'vitest';
import { DeadlineError } from '../../../lib/platform/errors.ts';
import { clusterIdentity } from '../../../lib/sleep/cluster-identity.ts';
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
