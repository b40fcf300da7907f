import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';
import { objects } from './shop.ts';

const NIGHT = new Date(Date.now() + 3_600_000).toISOString();
let clusters: readonly KubernetesSandbox[];
let folder: string;
let runId: string;

beforeAll(async () => {
  clusters = await Promise.all([0, 1].map(() => startKubernetesSandbox({ controllers: false })));
});
afterAll(async () => {
  await Promise.all(clusters.map((cluster) => cluster.close()));
});

/** A command on one of two clusters whose contexts have one name, as k3s gives it; both keep their state in one place. */
function cli(cluster: 0 | 1, ...argv: string[]): Promise<CliResult> {
  const flags = ['--kubeconfig', `${folder}/${cluster}`, '--state-dir', `${folder}/state`, '--yes', '-o', 'json'];
  return runCli([...argv, ...flags], { now: NIGHT });
}

const sizes = (cluster: KubernetesSandbox): unknown[] =>
  objects.map(
    ({ metadata }) =>
      (cluster.byHand.get('apps/v1', 'Deployment', 'shop', metadata.name) as { spec?: { replicas?: number } }).spec?.replicas,
  );

describe('a restore on another cluster of the same name', () => {
  beforeEach(async () => {
    for (const cluster of clusters) {
      cluster.faults.clear();
      for (const object of objects) cluster.byHand.put(object);
    }
    folder = await folderWith({ 0: clusters[0]!.kubeconfig(), 1: clusters[1]!.kubeconfig() });
    runId = ((await cli(0, 'sleep')).json() as { runId: string }).runId;
    for (const object of objects) {
      const smaller = { ...object, spec: { ...object.spec, replicas: 1 } };
      clusters[1]!.byHand.put(smaller);
    }
  });

  it('is refused and changes nothing', async () => {
    const result = await cli(1, 'restore', '--run', runId);

    expect(result.exitCode).toBe(3);
    expect(result.json()).toMatchObject({
      status: 'failed',
      counts: { changed: 0 },
      items: [
        {
          ref: 'sandbox',
          action: 'failed',
          code: 'refused',
          reason: expect.stringContaining('another cluster that was called sandbox too'),
        },
      ],
    });
    expect(result.stderr).toContain('--cluster-recreated');
    expect(sizes(clusters[1]!)).toEqual([1, 1]);
  });

  it('goes on when a person says that it was built anew, and warns', async () => {
    const result = await cli(1, 'restore', '--run', runId, '--cluster-recreated');

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('warning: sandbox/configuration: the ledger was written on another cluster of this name');
    expect(sizes(clusters[1]!)).toEqual([3, 3]);
  });

  it('is not noticed where the cluster does not say which one it is, and warns', async () => {
    clusters[1]!.faults.add({ verb: 'get', resource: 'namespaces', status: 403, times: Number.POSITIVE_INFINITY });

    const result = await cli(1, 'restore', '--run', runId);

    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('allow get on namespace kube-system');
  });

  it('does not stand in the way of the cluster that the run worked on', async () => {
    const result = await cli(0, 'restore', '--run', runId);

    expect(result).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('warning') });
    expect(sizes(clusters[0]!)).toEqual([3, 3]);
  });

  it('asks for the identity once per run, and not for a run that puts nothing to sleep', async () => {
    clusters[0]!.requests.reset();
    await cli(0, 'wake');
    expect(clusters[0]!.requests.byVerb.get).toBeUndefined();

    await cli(0, 'sleep');
    expect(clusters[0]!.requests.byVerb.get).toBe(1);
  });
});
