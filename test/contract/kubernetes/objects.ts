import type { V1ConfigMap, V1CronJob, V1Deployment, V1StatefulSet } from '@kubernetes/client-node';

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

function metadataOf({ namespace, name, labels, annotations }: Named): Named {
  return { namespace, name, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
}

function templateOf(name: string) {
  return {
    metadata: { labels: { app: name } },
    spec: {
      containers: [
        { name: 'main', image: 'registry.example/main:1', env: [{ name: 'MODE', value: 'dev' }] },
        { name: 'sidecar', image: 'registry.example/sidecar:1' },
      ],
    },
  };
}

/** Two containers, so that patches show whether they merge lists or replace them. */
export function aDeployment(options: Named & { readonly replicas?: number }): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(options),
    spec: {
      ...(options.replicas === undefined ? {} : { replicas: options.replicas }),
      selector: { matchLabels: { app: options.name } },
      template: templateOf(options.name),
    },
  };
}

export function aStatefulSet(options: Named & { readonly replicas: number }): V1StatefulSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(options),
    spec: {
      replicas: options.replicas,
      serviceName: options.name,
      selector: { matchLabels: { app: options.name } },
      template: templateOf(options.name),
    },
  };
}

/** Due once a year, so that no contract ever sees it start a job. */
export function aCronJob(options: Named & { readonly suspend?: boolean }): V1CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadataOf(options),
    spec: {
      schedule: '0 0 29 2 *',
      ...(options.suspend === undefined ? {} : { suspend: options.suspend }),
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'registry.example/job:1' }] } } },
      },
    },
  };
}

export function aConfigMap(options: Named & { readonly data?: Record<string, string> }): V1ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(options), ...(options.data ? { data: options.data } : {}) };
}
