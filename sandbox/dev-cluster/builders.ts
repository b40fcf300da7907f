import type {
  V1Container,
  V1CronJob,
  V1Deployment,
  V1Namespace,
  V1ObjectMeta,
  V1PodTemplateSpec,
  V1Service,
  V1StatefulSet,
} from '@kubernetes/client-node';

type Annotations = Readonly<Record<string, string>>;

export interface AppOptions {
  readonly namespace: string;
  readonly name: string;
  /** Team that owns it, for `--matching-labels` and savings per team. */
  readonly team: string;
  readonly image: string;
  /** @default 1 */
  readonly replicas?: number;
  readonly annotations?: Annotations;
  /** Port of the container and of its service; absent for workers. */
  readonly port?: number;
  /** CPU and memory that the container asks for, such as `250m/256Mi`. */
  readonly requests: `${string}/${string}`;
}

export interface CronJobOptions extends Omit<AppOptions, 'replicas' | 'port'> {
  readonly schedule: string;
  readonly suspend?: boolean;
  readonly args?: readonly string[];
}

/** Long ago, so that no grace period covers the cluster. */
const CREATED = new Date('2026-03-02T08:15:00Z');

const nameLabel = 'app.kubernetes.io/name';

const versionOf = (image: string): string => image.split(':').at(-1) ?? 'latest';

function metadataOf({ namespace, name, team, image, annotations = {} }: AppOptions | CronJobOptions): V1ObjectMeta {
  return {
    namespace,
    name,
    creationTimestamp: CREATED,
    labels: { [nameLabel]: name, 'app.kubernetes.io/version': versionOf(image), 'app.kubernetes.io/part-of': namespace, team },
    annotations: { ...annotations },
  };
}

function containerOf({ name, image, port, requests }: Pick<AppOptions, 'name' | 'image' | 'port' | 'requests'>): V1Container {
  const [cpu = '100m', memory = '128Mi'] = requests.split('/');
  return {
    name,
    image,
    resources: { requests: { cpu, memory }, limits: { memory } },
    ...(port === undefined
      ? {}
      : {
          ports: [{ name: 'main', containerPort: port }],
          readinessProbe: { tcpSocket: { port: 'main' }, periodSeconds: 10 },
        }),
  };
}

function templateOf(options: AppOptions): V1PodTemplateSpec {
  return {
    metadata: { labels: { [nameLabel]: options.name, team: options.team } },
    spec: { containers: [containerOf(options)], terminationGracePeriodSeconds: 30 },
  };
}

export function namespaceOf(name: string, team: string, annotations: Annotations = {}): V1Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, creationTimestamp: CREATED, labels: { team, environment: 'dev' }, annotations: { ...annotations } },
  };
}

export function deployment(options: AppOptions): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(options),
    spec: {
      replicas: options.replicas ?? 1,
      selector: { matchLabels: { [nameLabel]: options.name } },
      template: templateOf(options),
    },
  };
}

/** Data lives in an emptyDir: a dev cluster that is made anew has no storage class to rely on. */
export function statefulSet(options: AppOptions): V1StatefulSet {
  const template = templateOf(options);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(options),
    spec: {
      serviceName: options.name,
      replicas: options.replicas ?? 1,
      selector: { matchLabels: { [nameLabel]: options.name } },
      template: {
        ...template,
        spec: {
          ...template.spec,
          containers: template.spec?.containers ?? [],
          volumes: [{ name: 'data', emptyDir: { sizeLimit: '2Gi' } }],
        },
      },
    },
  };
}

export function cronJob(options: CronJobOptions): V1CronJob {
  const { schedule, suspend = false, args = [] } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(options),
    spec: {
      schedule,
      timeZone: 'Europe/Berlin',
      suspend,
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          backoffLimit: 1,
          template: {
            metadata: { labels: { [nameLabel]: options.name, team: options.team } },
            spec: { restartPolicy: 'Never', containers: [{ ...containerOf(options), args: [...args] }] },
          },
        },
      },
    },
  };
}

/** The service in front of a workload of the same name; headless for StatefulSets. */
export function serviceFor(workload: V1Deployment | V1StatefulSet): V1Service {
  const { namespace = 'default', name = '', labels = {} } = workload.metadata ?? {};
  const port = workload.spec?.template.spec?.containers[0]?.ports?.[0]?.containerPort ?? 80;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, labels, creationTimestamp: CREATED },
    spec: {
      selector: { [nameLabel]: name },
      ports: [{ name: 'main', port, targetPort: 'main' }],
      ...(workload.kind === 'StatefulSet' ? { clusterIP: 'None' } : {}),
    },
  };
}
