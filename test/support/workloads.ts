import type { KubernetesObject, V1CronJob, V1Deployment, V1Namespace, V1StatefulSet } from '@kubernetes/client-node';

/** What a test says of an object; the rest is as dull as possible. */
export interface WorkloadWish {
  readonly namespace?: string;
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** `Kind/name` of its controller. */
  readonly ownedBy?: string;
  /** Replicas; of a CronJob 1 for running, 0 for suspended. */
  readonly size?: number;
  /** What each Pod asks for; nothing unless told. */
  readonly requests?: { readonly cpu?: string; readonly memory?: string };
  /** ISO 8601; long ago unless told. */
  readonly createdAt?: string;
}

export const LONG_AGO = '2026-01-01T00:00:00Z';

export function aDeployment(wish: WorkloadWish = {}): V1Deployment {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadataOf(wish, 'web'), spec: podSpec(wish) };
}

export function aStatefulSet(wish: WorkloadWish = {}): V1StatefulSet {
  const metadata = metadataOf(wish, 'db');
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...podSpec(wish), serviceName: metadata.name ?? '' } };
}

export function aCronJob(wish: WorkloadWish = {}): V1CronJob {
  const { template } = podSpec(wish);
  const job = { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never', containers: template.spec.containers } } } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(wish, 'report'),
    spec: { schedule: '*/5 * * * *', suspend: wish.size === 0, jobTemplate: job },
  };
}

export function aNamespace(name: string, annotations?: Readonly<Record<string, string>>): V1Namespace {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(annotations && { annotations: { ...annotations } }) } };
}

/** A ScaledObject of KEDA in the namespace `dev`. */
export function aScaledObject(name: string, scaleTargetRef: Readonly<Record<string, unknown>>, namespace = 'dev'): KubernetesObject {
  const spec = { scaleTargetRef, triggers: [{ type: 'cron', metadata: {} }] };
  return { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { namespace, name }, ...{ spec } };
}

export const builders = { Deployment: aDeployment, StatefulSet: aStatefulSet, CronJob: aCronJob } as const;

function metadataOf({ namespace = 'dev', name, annotations, labels, ownedBy, createdAt }: WorkloadWish, usual: string) {
  const [kind = '', owner = ''] = ownedBy?.split('/') ?? [];
  return {
    namespace,
    name: name ?? usual,
    ...(annotations && Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
    ...(labels && { labels: { ...labels } }),
    ...(ownedBy !== undefined && {
      ownerReferences: [{ apiVersion: 'example.org/v1', kind, name: owner, uid: 'owner', controller: true }],
    }),
    // The model says Date, the wire says text.
    creationTimestamp: (createdAt ?? LONG_AGO) as unknown as Date,
  } satisfies KubernetesObject['metadata'];
}

function podSpec({ name = 'web', size = 3, requests }: WorkloadWish) {
  // Label values are shorter than names may be.
  const labels = { app: name.slice(0, 63) };
  return {
    replicas: size,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'main', image: 'example.org/app:1', ...(requests && { resources: { requests: { ...requests } } }) }] },
    },
  };
}
