import type { KubernetesObject } from '@kubernetes/client-node';

/** The instant of every decision vector. */
export const DECIDED_AT = '2026-03-30T12:00:00Z';

/** One Deployment, in a namespace of its own unless told: as the tables write it. */
export interface Scene {
  readonly kind?: 'Deployment' | 'StatefulSet' | 'CronJob';
  readonly namespace?: string;
  readonly name?: string;
  /** Annotations without their prefix `downscaler/`. */
  readonly workload?: Readonly<Record<string, string>>;
  readonly ofNamespace?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** Default 3; of a CronJob 0 means suspended. */
  readonly replicas?: number;
  /** The record, `downscaler/original-replicas`. */
  readonly original?: string;
  readonly createdAt?: string;
  readonly controller?: string;
  /** An owner that does not say that it is the controller: its apiVersion and kind. */
  readonly owner?: readonly [apiVersion: string, kind: string];
  readonly deletedAt?: string;
}

/** Replicas and record after the run. */
export interface Outcome {
  readonly to: number;
  readonly original: number | string | null;
}

export interface DecisionVector {
  readonly id: string;
  readonly scenes: readonly Scene[];
  readonly pod?: { readonly namespace: string; readonly phase: string };
  readonly flags?: readonly string[];
  /** One per scene, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Whether someone is told that something is wrong or surprising. */
  readonly reported?: boolean;
}

const three: Outcome = { to: 3, original: null };
const asleep: Outcome = { to: 0, original: 3 };
const down = { downtime: 'always' };
const podForcing = { namespace: 'kube-system', phase: 'Pending' };

/** Published conformance vectors of decisions. */
export const DECISION_VECTORS: readonly DecisionVector[] = [
  { id: 'D01', scenes: [{}], outcomes: [three] },
  { id: 'D03', scenes: [{ workload: down }], outcomes: [asleep] },
  { id: 'D05', scenes: [{ ofNamespace: down, workload: { downtime: 'never' } }], outcomes: [three] },
  { id: 'D07', scenes: [{ ofNamespace: { 'downscale-period': 'always' }, workload: { uptime: 'always' } }], outcomes: [three] },
  { id: 'D09', scenes: [{ workload: { 'upscale-period': 'always', 'downscale-period': 'always' } }], outcomes: [three], reported: true },
  { id: 'D11', scenes: [{ workload: { exclude: 'true', ...down } }], outcomes: [three] },
  { id: 'D13', scenes: [{ workload: { exclude: 'False', ...down } }], outcomes: [asleep] },
  { id: 'D15', scenes: [{ ofNamespace: { exclude: 'true' }, workload: down, replicas: 0, original: '3' }], outcomes: [three] },
  { id: 'D17', scenes: [{ workload: { 'exclude-until': '2099-01-01T10:00:00+02:00', ...down } }], outcomes: [three] },
  {
    id: 'D19',
    scenes: [{ ofNamespace: { 'force-uptime': 'true', 'force-downtime': 'true', ...down } }],
    outcomes: [three],
    reported: true,
  },
  { id: 'D21', scenes: [{ ofNamespace: { 'force-uptime': 'Mon-Sun 00:00-24:00 UTC' }, workload: down }], outcomes: [three] },
  { id: 'D23', scenes: [{ ofNamespace: { 'force-downtime': 'true' }, workload: { uptime: 'always' } }], outcomes: [asleep] },
  { id: 'D25', scenes: [{ workload: { 'force-downtime': 'true' } }], outcomes: [asleep] },
  { id: 'D27', scenes: [{ workload: { 'downtime-replicas': '2', ...down }, replicas: 1 }], outcomes: [{ to: 1, original: null }] },
  { id: 'D29a', scenes: [{ workload: { 'downtime-replicas': '-1', ...down } }], outcomes: [three], reported: true },
  { id: 'D29b', scenes: [{ workload: { 'downtime-replicas': 'abc', ...down } }], outcomes: [three], reported: true },
  { id: 'D31', scenes: [{ replicas: 0, original: '3' }], outcomes: [three] },
  { id: 'D33', scenes: [{ original: '3' }], outcomes: [three] },
  { id: 'D35', scenes: [{ replicas: 0, original: 'abc' }], outcomes: [{ to: 0, original: 'abc' }], reported: true },
  { id: 'D37', scenes: [{ replicas: 0, original: '50%' }], outcomes: [{ to: 0, original: '50%' }], reported: true },
  { id: 'D39', scenes: [{ workload: { 'downtime-replicas': '1' }, replicas: 1, original: '3' }], outcomes: [three] },
  { id: 'D41', scenes: [{ workload: down, replicas: 0, original: '3' }], outcomes: [asleep] },
  { id: 'D43', scenes: [{ workload: down, controller: 'Database' }], outcomes: [three] },
  { id: 'D45', scenes: [{ ofNamespace: { downtime: 'bogus' } }, { workload: down }], outcomes: [three, asleep], reported: true },
  {
    id: 'D47',
    scenes: [
      { namespace: 'z-a', workload: down },
      { namespace: 'z-b', workload: down, ofNamespace: { 'downtime-replicas': 'abc' } },
      { namespace: 'z-c', workload: down },
    ],
    outcomes: [asleep, three, asleep],
    reported: true,
  },
  { id: 'D49a with podForceUptime', scenes: [{ workload: down }], pod: podForcing, flags: ['--pod-force-uptime'], outcomes: [three] },
  { id: 'D49a without', scenes: [{ workload: down }], pod: podForcing, outcomes: [asleep] },
  {
    id: 'D49b',
    scenes: [{ workload: down }],
    pod: { ...podForcing, phase: 'Succeeded' },
    flags: ['--pod-force-uptime'],
    outcomes: [asleep],
  },
  {
    id: 'D51',
    scenes: [{ workload: { 'grace-period': '1', ...down }, createdAt: '2026-03-30T11:59:58Z' }],
    flags: ['--grace-period', '900'],
    outcomes: [asleep],
  },
  { id: 'D53', scenes: [{ namespace: 'd49', workload: down }], flags: ['--exclude-namespaces', 'd4'], outcomes: [asleep] },
  { id: 'D55a', scenes: [{ workload: down, labels: { team: 'a1' } }], flags: ['--matching-labels', 'team=a'], outcomes: [three] },
  { id: 'D55b', scenes: [{ workload: down, labels: { team: 'a1' } }], flags: ['--matching-labels', 'team=a.*,zz=1'], outcomes: [asleep] },
];

export function namespaceOf({ namespace }: Scene, index: number): string {
  return namespace ?? `scene-${index + 1}`;
}

/** The manifests of a vector: namespaces, Deployments, and the Pod if there is one. */
export function manifestsOf({ scenes, pod }: DecisionVector): KubernetesObject[] {
  const pods = pod
    ? [
        {
          ...head('v1', 'Pod', { namespace: pod.namespace, name: 'pod', annotations: prefixed({ 'force-uptime': 'true' }) }),
          status: { phase: pod.phase },
        },
      ]
    : [];
  return [...scenes.flatMap((scene, index) => [namespaceObject(scene, index), workloadObject(scene, index)]), ...pods];
}

function namespaceObject(scene: Scene, index: number): KubernetesObject {
  return head('v1', 'Namespace', { name: namespaceOf(scene, index), annotations: prefixed(scene.ofNamespace ?? {}) });
}

function workloadObject(scene: Scene, index: number): KubernetesObject {
  const { kind = 'Deployment', name = 'web', workload = {}, original, labels = {}, replicas = 3, createdAt, deletedAt } = scene;
  const record = original === undefined ? {} : { 'original-replicas': original };
  const owners = ownersOf(scene);
  const metadata = {
    namespace: namespaceOf(scene, index),
    name,
    labels,
    annotations: prefixed({ ...workload, ...record }),
    creationTimestamp: createdAt ?? '2020-01-01T00:00:00Z',
    ...(deletedAt && { deletionTimestamp: deletedAt }),
    ...(owners.length > 0 && { ownerReferences: owners }),
  };
  const cronJob = kind === 'CronJob';
  return {
    ...head(cronJob ? 'batch/v1' : 'apps/v1', kind, metadata),
    spec: cronJob ? { suspend: replicas === 0 } : { replicas },
  } as KubernetesObject;
}

function ownersOf({ controller, owner }: Scene): object[] {
  if (owner) return [{ apiVersion: owner[0], kind: owner[1], name: 'owner', uid: 'u' }];
  return controller ? [{ apiVersion: 'example.com/v1', kind: controller, name: 'owner', uid: 'u', controller: true }] : [];
}

function head(apiVersion: string, kind: string, metadata: object): KubernetesObject {
  return { apiVersion, kind, metadata };
}

function prefixed(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`downscaler/${name}`, value]));
}
