import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EksTarget } from '../../../lib/connect/cluster-target.ts';
import { createConnector } from '../../../lib/connect/connector.ts';
import type { Connection } from '../../../lib/kubernetes/connection.ts';
import { TooManyRequestsError } from '../../../lib/kubernetes/errors.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import type { Environment, RunContext } from '../../../lib/platform/job-definition.ts';
import { silentLog } from '../../../lib/platform/log.ts';
import { noMetrics } from '../../../lib/platform/metrics-sink.ts';
import { adapterOf } from '../../../lib/sleep/kinds/kinds.ts';
import { FunctionWorld, impatientClock } from '../../handlers/scale-dev-nightly/function-world.ts';

const context = (env: Environment = {}): RunContext => ({
  runId: 'r-1',
  env,
  clock: impatientClock,
  deadline: deadlineIn(5_000, impatientClock),
  log: silentLog,
  metrics: noMetrics,
  progress: () => {},
});

const connection: Connection = {
  unauthorizedHint: '',
  access: async () => ({ server: new URL('https://127.0.0.1:1'), tls: {}, headers: {} }),
  invalidate: () => {},
};

const eks = (name: string): EksTarget => ({ via: 'eks', name });

/** A connector whose EKS side fails as often as told, and notes for whom it was asked. */
function connectorFailing(times: number) {
  const asked: string[] = [];
  const connector = createConnector({
    eksCluster: async (target, { env }) => {
      asked.push(`${target.name} ${env.AWS_REGION}`);
      if (asked.length <= times) throw new Error('no region');
      return connection;
    },
    s3State: () => Promise.reject(new Error('not used')),
  });
  return { connector, asked };
}

describe('EKS connections', () => {
  test('outlive a run, one for each cluster and region', async () => {
    const { connector, asked } = connectorFailing(0);

    for (const [name, region] of [
      ['dev', 'a'],
      ['dev', 'a'],
      ['qa', 'a'],
      ['dev', 'b'],
    ] as const) {
      await connector.openCluster(eks(name), context({ AWS_REGION: region }), 4);
    }

    expect(asked).toEqual(['dev a', 'qa a', 'dev b']);
  });

  test('that could not be made are made anew by the next run', async () => {
    const { connector, asked } = connectorFailing(1);

    await expect(connector.openCluster(eks('dev'), context(), 4)).rejects.toThrow('no region');
    await connector.openCluster(eks('dev'), context(), 4);
    await connector.openCluster(eks('dev'), context(), 4);

    expect(asked).toHaveLength(2);
  });
});

describe('the deadline of a run', () => {
  test('keeps its clients from waiting for what comes after it', async () => {
    const world = await FunctionWorld.start();
    world.sandbox.faults.add({ verb: 'list', status: 429, retryAfterSeconds: 10, times: Number.POSITIVE_INFINITY });
    const { connector } = connectorFailing(0);
    const client = await connector.openCluster({ via: 'kubeconfig', name: 'dev', path: world.kubeconfig() }, context(), 4);

    const listing = client.list(adapterOf('Deployment').resource, { select: (object) => object });

    await expect(listing).rejects.toBeInstanceOf(TooManyRequestsError);
    expect(world.sandbox.requests.log.filter(({ verb }) => verb === 'list')).toHaveLength(1);
    client.close();
    await world.stop();
  });
});

describe('the environment of a run', () => {
  let world: FunctionWorld;
  const { connector } = connectorFailing(0);

  beforeAll(async () => {
    world = await FunctionWorld.start();
  });
  afterAll(() => world.stop());

  test('says where the kubeconfig is, whatever the process thinks', async () => {
    const client = await connector.openCluster({ via: 'kubeconfig', name: 'dev' }, context({ KUBECONFIG: world.kubeconfig() }), 4);

    expect(client.cluster).toBe('dev');
    await expect(connector.openCluster({ via: 'kubeconfig', name: 'dev' }, context({ HOME: '/nowhere' }), 4)).rejects.toThrow(
      '/nowhere/.kube/config does not exist',
    );
    client.close();
  });

  test('says whether this is a pod', async () => {
    await expect(connector.openCluster({ via: 'in-cluster', name: 'dev' }, context({}), 4)).rejects.toThrow(
      'KUBERNETES_SERVICE_HOST is not set',
    );
  });
});
