import { describe, expect, test } from 'vitest';
import type { KubernetesClient, Resource } from '../../../lib/kubernetes/client.ts';
import { ForbiddenError, NotFoundError, ServerError } from '../../../lib/kubernetes/errors.ts';
import { observe } from '../../../lib/sleep/observe.ts';
import { ModelCluster } from '../../support/model-cluster.ts';
import { aPolicy } from '../../support/model-night.ts';
import { aCronJob, aDeployment, aNamespace, aScaledObject } from '../../support/workloads.ts';

const { signal } = new AbortController();

function aCluster(): ModelCluster {
  const cluster = new ModelCluster();
  for (const namespace of ['dev', 'test']) {
    cluster.add(aNamespace(namespace));
    cluster.add(aDeployment({ namespace }));
    cluster.add(aCronJob({ namespace }));
  }
  return cluster;
}

/** The client, whose lists of some resources fail. */
function refusing(client: KubernetesClient, refusal: (resource: Resource) => Error | undefined): KubernetesClient {
  return {
    ...client,
    list: async (resource, options) => {
      const error = refusal(resource);
      if (error) throw error;
      return client.list(resource, options);
    },
  };
}

const forbidden = ({ group, plural }: Resource): Error =>
  new ForbiddenError(`cannot list ${plural}: forbidden (403)`, {
    cluster: 'dev-cluster',
    status: 403,
    hint: `bind it to a ClusterRole with the rule for ${plural}`,
    permission: { apiGroup: group, resource: plural, verb: 'list' },
  });

const failing = ({ plural }: Resource): Error =>
  new ServerError(`cannot list ${plural}: the server failed (500)`, { cluster: 'dev-cluster', status: 500 });

describe('observing a cluster', () => {
  test('sees every kind in every namespace', async () => {
    const { workloads, namespaces, unseen } = await observe(aCluster().client(), aPolicy(), signal);

    expect(workloads.map(({ namespace, kind }) => `${namespace}/${kind}`).sort()).toEqual([
      'dev/CronJob',
      'dev/Deployment',
      'test/CronJob',
      'test/Deployment',
    ]);
    expect(namespaces.map(({ name }) => name)).toEqual(['dev', 'test']);
    expect(unseen).toEqual([]);
  });

  test('looks only where it was told to, and reports a namespace that does not exist', async () => {
    const { workloads, unseen } = await observe(aCluster().client(), aPolicy({ namespaces: ['test', 'nowhere'] }), signal);

    expect(workloads.map(({ namespace }) => namespace)).toEqual(['test', 'test']);
    expect(unseen).toEqual([{ message: 'namespace nowhere does not exist', kind: 'failure' }]);
  });

  test('a namespace that may not be read is a problem of that namespace alone, and nothing in it is looked at', async () => {
    const client = aCluster().client();
    const asked: string[] = [];
    const closed: KubernetesClient = {
      ...client,
      get: async (resource, name, options) => {
        if (resource.plural === 'namespaces' && name.name === 'dev') throw forbidden(resource);
        return client.get(resource, name, options);
      },
      list: async (resource, options) => {
        asked.push(options.namespace ?? 'everywhere');
        return client.list(resource, options);
      },
    };

    const { workloads, unseen } = await observe(closed, aPolicy({ namespaces: ['dev', 'test'] }), signal);

    expect(new Set(asked)).toEqual(new Set(['test']));
    expect(workloads.map(({ namespace }) => namespace)).toEqual(['test', 'test']);
    expect(unseen).toEqual([
      { message: 'cannot list namespaces: forbidden (403) (bind it to a ClusterRole with the rule for namespaces)', kind: 'failure' },
    ]);
  });

  test('whoever may read none of the namespaces that were named was not let in', async () => {
    const client = aCluster().client();
    const closed: KubernetesClient = { ...client, get: (resource) => Promise.reject(forbidden(resource)) };

    await expect(observe(closed, aPolicy({ namespaces: ['dev', 'test'] }), signal)).rejects.toBeInstanceOf(ForbiddenError);
  });

  test('a kind that may not be listed is a problem of that kind alone, with the rule to add', async () => {
    const client = refusing(aCluster().client(), (resource) => (resource.plural === 'cronjobs' ? forbidden(resource) : undefined));

    const { workloads, unseen } = await observe(client, aPolicy(), signal);

    expect(workloads.map(({ kind }) => kind)).toEqual(['Deployment', 'Deployment']);
    expect(unseen).toEqual([
      { message: 'CronJob: cannot list cronjobs: forbidden (403) (bind it to a ClusterRole with the rule for cronjobs)', kind: 'problem' },
    ]);
  });

  test('a kind whose list keeps failing does not keep the others from being seen, and is a failure', async () => {
    const client = refusing(aCluster().client(), (resource) => (resource.plural === 'cronjobs' ? failing(resource) : undefined));

    const { workloads, unseen } = await observe(client, aPolicy(), signal);

    expect(workloads.map(({ kind }) => kind)).toEqual(['Deployment', 'Deployment']);
    expect(unseen).toEqual([{ message: 'CronJob: cannot list cronjobs: the server failed (500)', kind: 'failure' }]);
  });

  test('a server in trouble is not taken for a cluster without workloads', async () => {
    const client = refusing(aCluster().client(), (resource) => (resource.plural === 'namespaces' ? undefined : failing(resource)));

    await expect(observe(client, aPolicy(), signal)).rejects.toBeInstanceOf(ServerError);
  });

  test('policies that cannot be read stop the cluster, because they may exclude', async () => {
    const client = refusing(aCluster().client(), (resource) => (resource.plural === 'namespaces' ? forbidden(resource) : undefined));

    await expect(observe(client, aPolicy(), signal)).rejects.toBeInstanceOf(ForbiddenError);
  });

  test('workloads of a namespace that was made while it looked wait for the next run, their policy being unread', async () => {
    const cluster = aCluster();
    const client = cluster.client();
    const late: KubernetesClient = {
      ...client,
      list: async (resource, options) => {
        const found = await client.list(resource, options);
        if (resource.plural === 'namespaces') {
          cluster.add(aNamespace('new', { 'downscaler/exclude': 'true' }));
          cluster.add(aDeployment({ namespace: 'new' }));
        }
        return found;
      },
    };

    const { workloads } = await observe(late, aPolicy(), signal);

    expect(workloads.map(({ namespace }) => namespace)).not.toContain('new');
  });
});

describe('what KEDA scales', () => {
  const scaledObjects = ({ plural }: Resource): boolean => plural === 'scaledobjects';
  const aScaledCluster = (): ModelCluster => {
    const cluster = aCluster();
    cluster.add(aScaledObject('queue', { name: 'web' }));
    cluster.add(aScaledObject('stock', { kind: 'StatefulSet', name: 'db' }, 'test'));
    return cluster;
  };

  test('is seen in the whole cluster, or in the namespaces that were named', async () => {
    const everywhere = await observe(aScaledCluster().client(), aPolicy(), signal);
    const named = await observe(aScaledCluster().client(), aPolicy({ namespaces: ['test'] }), signal);

    expect(everywhere.scaleTargets).toEqual(
      new Map([
        ['dev/Deployment/web', 'queue'],
        ['test/StatefulSet/db', 'stock'],
      ]),
    );
    expect(named.scaleTargets).toEqual(new Map([['test/StatefulSet/db', 'stock']]));
  });

  test('is nothing on a cluster without KEDA, and that is not worth a word', async () => {
    const missing = new NotFoundError('cannot list scaledobjects: the server could not find the requested resource (404)', {
      cluster: 'dev-cluster',
      status: 404,
    });
    const client = refusing(aCluster().client(), (resource) => (scaledObjects(resource) ? missing : undefined));

    expect(await observe(client, aPolicy(), signal)).toMatchObject({ scaleTargets: new Map(), unseen: [] });
  });

  test('is not seen without permission, which is a warning with the rule to add', async () => {
    const client = refusing(aCluster().client(), (resource) => (scaledObjects(resource) ? forbidden(resource) : undefined));

    const { scaleTargets, unseen } = await observe(client, aPolicy(), signal);

    expect(scaleTargets).toEqual(new Map());
    expect(unseen).toEqual([{ message: expect.stringMatching(/^ScaledObject: .*rule for scaledobjects/), kind: 'warning' }]);
  });

  test('is unknown when the server fails, and that is a failure', async () => {
    const client = refusing(aScaledCluster().client(), (resource) => (scaledObjects(resource) ? failing(resource) : undefined));

    const { scaleTargets, unseen, workloads } = await observe(client, aPolicy(), signal);

    expect(scaleTargets).toBe('unknown');
    expect(unseen).toEqual([{ message: expect.stringContaining('nothing with replicas is put to sleep'), kind: 'failure' }]);
    expect(workloads).toHaveLength(4);
  });

  test('is not asked for when nothing with replicas takes part', async () => {
    const client = refusing(aScaledCluster().client(), (resource) => (scaledObjects(resource) ? failing(resource) : undefined));

    expect(await observe(client, aPolicy({ kinds: ['CronJob'] }), signal)).toMatchObject({ scaleTargets: new Map(), unseen: [] });
  });
});

describe('Pods that ask for uptime', () => {
  const aPod = (phase: string, value = 'true') => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'kube-system', name: 'hold', annotations: { 'downscaler/force-uptime': value } },
    status: { phase },
  });

  test.each([
    ['Pending', 'true', 'kube-system/hold'],
    ['Running', 'True', 'kube-system/hold'],
    ['Running', 'false', undefined],
    ['Succeeded', 'true', undefined],
    ['Failed', 'true', undefined],
  ])('%s, %s', async (phase, value, expected) => {
    const cluster = aCluster();
    cluster.add(aPod(phase, value));

    expect((await observe(cluster.client(), aPolicy({ podForceUptime: true }), signal)).podForcingUptime).toBe(expected);
  });

  test('are not even listed unless the policy asks for it', async () => {
    const cluster = aCluster();
    cluster.add(aPod('Running'));

    expect((await observe(cluster.client(), aPolicy(), signal)).podForcingUptime).toBeUndefined();
  });

  test('hold everything up when they may not be listed', async () => {
    const client = refusing(aCluster().client(), (resource) => (resource.plural === 'pods' ? forbidden(resource) : undefined));

    const { podForcingUptime, unseen } = await observe(client, aPolicy({ podForceUptime: true }), signal);

    expect(podForcingUptime).toContain('unknown');
    expect(unseen).toEqual([{ message: expect.stringContaining('everything stays up'), kind: 'problem' }]);
  });
});
