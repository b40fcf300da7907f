import type { V1Deployment } from '@kubernetes/client-node';
import { mapLimit } from '../../lib/platform/map-limit.ts';
import type { RawClient } from './raw-client.ts';

/** What is kept of a listed Deployment. */
export interface Listed {
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
  readonly replicas: number;
  /** The record of a sleeper. */
  readonly original: string | undefined;
}

export const RECORD = 'downscaler/original-replicas';
export const DEPLOYMENTS = '/apis/apps/v1/deployments';

interface Page {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly V1Deployment[];
}

/** Every Deployment of the cluster, in pages of 500, each parsed whole. */
export async function listDeployments(client: RawClient): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  let token = '';
  do {
    const page = await client.json<Page>('GET', `${DEPLOYMENTS}?limit=500${token && `&continue=${token}`}`);
    for (const { metadata, spec } of page.items) {
      all.push({
        namespace: metadata?.namespace ?? '',
        name: metadata?.name ?? '',
        resourceVersion: metadata?.resourceVersion ?? '',
        replicas: spec?.replicas ?? 1,
        original: metadata?.annotations?.[RECORD],
      });
    }
    token = page.metadata.continue ?? '';
  } while (token);
  return all;
}

/** Replicas that a Deployment has while awake; they differ, so that a mixed-up original shows. */
export function originalOf(name: string): number {
  return (Number(name.slice(name.lastIndexOf('-') + 1)) % 4) + 1;
}

/** Makes the namespaces and their Deployments; returns the size of one as the API lists it, in bytes. */
export async function seed(client: RawClient, wish: { readonly objects: number; readonly namespaces: number }): Promise<number> {
  const namespaces = Array.from({ length: wish.namespaces }, (_, index) => `team-${index}`);
  await mapLimit(namespaces, 8, (name) =>
    client.json('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
  );
  const numbers = Array.from({ length: wish.objects }, (_, index) => index);
  await mapLimit(numbers, 8, async (index) => {
    const namespace = `team-${index % wish.namespaces}`;
    await client.json('POST', `/apis/apps/v1/namespaces/${namespace}/deployments?fieldManager=helm`, aDeployment(`service-${index}`));
  });
  const one = await client.json('GET', `/apis/apps/v1/namespaces/team-0/deployments/service-0`);
  return Buffer.byteLength(JSON.stringify(one));
}

/** Two containers with probes, resources and settings, as a chart renders them; the API server adds about as much in managedFields. */
function aDeployment(name: string): V1Deployment {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': `${name}-dev` };
  const all = {
    ...labels,
    'app.kubernetes.io/version': '1.42.0',
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': `${name}-3.1.4`,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: all, annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': 'dev' } },
    spec: {
      replicas: originalOf(name),
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: all },
        spec: {
          serviceAccountName: name,
          containers: [aContainer(name, 'app', 18), aContainer(name, 'proxy', 5)],
          volumes: [{ name: 'settings', configMap: { name: `${name}-settings` } }],
        },
      },
    },
  };
}

function aContainer(name: string, role: string, settings: number) {
  const httpGet = { path: '/healthz', port: 8080 };
  const env = Array.from({ length: settings }, (_, index) => ({
    name: `${role.toUpperCase()}_SETTING_${index}`,
    value: `https://backend-${index}.${name}.internal.example.org/v1`,
  }));
  return {
    name: role,
    image: `registry.example.org/${name}/${role}:1.42.0`,
    env,
    ports: [{ name: 'http', containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    readinessProbe: { httpGet, periodSeconds: 5 },
    livenessProbe: { httpGet, initialDelaySeconds: 20 },
    volumeMounts: [{ name: 'settings', mountPath: '/etc/settings', readOnly: true }],
  };
}
