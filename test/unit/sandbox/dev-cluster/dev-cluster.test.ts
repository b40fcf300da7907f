import type { KubernetesObject, V1CronJob, V1Deployment, V1StatefulSet } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { devCluster } from '../../../../sandbox/dev-cluster/dev-cluster.ts';
import { startKubernetesSandbox } from '../../../../sandbox/kubernetes/server.ts';

const workloadKinds = ['Deployment', 'StatefulSet', 'CronJob'];

const nameOf = ({ kind, metadata }: KubernetesObject): string => `${metadata?.namespace}/${kind}/${metadata?.name}`;
const ofKind = (kind: string): KubernetesObject[] => devCluster().filter((object) => object.kind === kind);
const workloads = (): KubernetesObject[] => devCluster().filter(({ kind }) => workloadKinds.includes(kind ?? ''));
const annotated = (annotation: string): string[] =>
  devCluster()
    .filter(({ metadata }) => metadata?.annotations?.[`downscaler/${annotation}`] !== undefined)
    .map((object) => (object.kind === 'Namespace' ? `${object.metadata?.name}` : nameOf(object)));

it('has 26 workloads of three kinds in four namespaces', () => {
  expect(ofKind('Namespace').map(({ metadata }) => metadata?.name)).toEqual(['shop', 'payments', 'data', 'platform-tools']);
  expect(workloads()).toHaveLength(26);
  expect(workloadKinds.map((kind) => ofKind(kind).length)).toEqual([15, 5, 6]);
  expect(new Set(workloads().map(({ metadata }) => metadata?.namespace))).toHaveLength(4);
  expect(new Set(devCluster().map(nameOf))).toHaveLength(devCluster().length);
});

it('has every kind of exception that a night has to cope with', () => {
  expect(annotated('uptime')).toEqual([
    'shop',
    'payments',
    'data',
    'payments/Deployment/webhook-relay',
    'platform-tools/Deployment/github-runners',
  ]);
  expect(annotated('downtime')).toEqual(['platform-tools/StatefulSet/sonarqube']);
  expect(annotated('exclude')).toEqual(['platform-tools/Deployment/grafana']);
  expect(annotated('exclude-until')).toEqual(['shop/Deployment/checkout-demo']);
  expect(annotated('force-uptime')).toEqual(['payments/Deployment/fraud-scoring']);
  expect(annotated('downtime-replicas')).toEqual(['payments/Deployment/provider-mock']);
  expect(annotated('original-replicas')).toEqual(['data/Deployment/legacy-import']);
});

it('has what machines must leave alone: a suspended CronJob, a set of an operator, the target of an autoscaler', () => {
  const suspended = ofKind('CronJob').filter((job) => (job as V1CronJob).spec?.suspend);
  const owned = workloads().filter(({ metadata }) => metadata?.ownerReferences?.some(({ controller }) => controller));

  expect(suspended.map(nameOf)).toEqual(['payments/CronJob/reconciliation']);
  expect(owned.map(nameOf)).toEqual(['data/StatefulSet/events-server']);
  expect(ofKind('HorizontalPodAutoscaler')[0]).toMatchObject({ spec: { scaleTargetRef: { name: 'storefront' } } });
});

it('has different sizes, one of them asleep', () => {
  const sizes = [...ofKind('Deployment'), ...ofKind('StatefulSet')].map(
    (object) => (object as V1Deployment | V1StatefulSet).spec?.replicas,
  );

  expect([...new Set(sizes)].sort()).toEqual([0, 1, 2, 3, 4]);
});

it('gives each caller objects of its own', () => {
  const mine = devCluster();
  mine[0]!.metadata!.name = 'changed';

  expect(devCluster()[0]?.metadata?.name).toBe('shop');
});

it('is accepted as it is by an API server', async () => {
  const sandbox = await startKubernetesSandbox({ objects: devCluster(), controllers: false });

  const stored = sandbox.snapshot();
  await sandbox.close();

  expect(new Set(stored.map(nameOf))).toEqual(new Set([...stored.map(nameOf), ...devCluster().map(nameOf)]));
  expect(stored.filter(({ kind }) => workloadKinds.includes(kind ?? ''))).toHaveLength(26);
});
