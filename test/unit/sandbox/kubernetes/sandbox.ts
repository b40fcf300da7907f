import type { KubernetesObject, V1CronJob, V1Deployment, V1StatefulSet } from '@kubernetes/client-node';
import { onTestFinished } from 'vitest';
import { type KubernetesSandbox, type KubernetesSandboxOptions, startKubernetesSandbox } from '../../../../sandbox/kubernetes/server.ts';
import { type ApiAnswer, apiRequest } from '../../../support/api-request.ts';

export interface Caller {
  readonly sandbox: KubernetesSandbox;
  /** One request as the administrator, or with another token. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    options?: { token?: string; contentType?: string; accept?: string },
  ): Promise<ApiAnswer>;
}

/** A sandbox for one test, closed when the test ends. */
export async function aSandbox(options: KubernetesSandboxOptions = {}): Promise<Caller> {
  const sandbox = await startKubernetesSandbox(options);
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    ask: (method, path, body, { token = sandbox.adminToken, ...rest } = {}) =>
      apiRequest({ url: sandbox.url, caPem: sandbox.caPem, token }, method, path, {
        ...(body === undefined ? {} : { body }),
        ...(method === 'PATCH' ? { contentType: 'application/merge-patch+json' } : {}),
        ...rest,
      }),
  };
}

const template = (name: string) => ({
  metadata: { labels: { app: name } },
  spec: { containers: [{ name: 'main', image: 'example/main:1' }] },
});

export function aDeployment(name: string, spec: Partial<V1Deployment['spec']> = {}, namespace = 'default'): V1Deployment {
  const selector = { matchLabels: { app: name } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { selector, template: template(name), ...spec },
  };
}

export function aStatefulSet(name: string, spec: Partial<V1StatefulSet['spec']> = {}): V1StatefulSet {
  const selector = { matchLabels: { app: name } };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'default' },
    spec: { serviceName: name, selector, template: template(name), ...spec },
  };
}

export function aCronJob(name: string): V1CronJob {
  const pod = { ...template(name), spec: { ...template(name).spec, restartPolicy: 'Never' } };
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: 'default' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: pod } } },
  };
}

export function aConfigMap(name: string, data: Record<string, string> = {}): KubernetesObject & { data: Record<string, string> } {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

export const MAPS = '/api/v1/namespaces/default/configmaps';
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
export const PODS = '/api/v1/namespaces/default/pods';
