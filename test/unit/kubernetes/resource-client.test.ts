import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../../../lib/kubernetes/client.ts';
import { GoneError } from '../../../lib/kubernetes/errors.ts';
import { type CountingKubernetesClient, createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { deployments, namespaces, testClock, testConnection } from './support/fakes.ts';
import { type Answer, json, startTlsServer, statusBody, type TlsServer } from './support/tls-server.ts';

const web = { namespace: 'dev', name: 'web' };
const expired = statusBody(410, 'Expired', 'The provided continue parameter is too old');

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(answer: Answer, base = ''): Promise<{ client: CountingKubernetesClient; server: TlsServer }> {
  const server = await startTlsServer(answer);
  const client = createKubernetesClient({
    cluster: 'demo',
    connection: testConnection(new URL(base, server.url)),
    clock: testClock(),
    random: () => 0,
  });
  cleanups.push(
    () => server.stop(),
    () => client.close(),
  );
  return { client, server };
}

/** A list of `total` deployments that obeys limit and continue; the token is the index of the next object. */
function pages(total: number): Answer {
  return (response, { url }) => {
    const query = new URL(url, 'https://x').searchParams;
    const from = Number(query.get('continue') ?? 0);
    const to = Math.min(total, from + Number(query.get('limit')));
    const items = Array.from({ length: to - from }, (_, i) => ({ metadata: { name: `web-${from + i}` } }));
    json(response, 200, { kind: 'DeploymentList', metadata: to < total ? { continue: String(to) } : {}, items });
  };
}

describe('list', () => {
  it('reads all pages, 500 objects each unless told otherwise', async () => {
    const { client, server } = await serve(pages(1203));

    const all = await client.list(deployments, { select: ({ metadata }) => metadata?.name });

    expect(all).toEqual(Array.from({ length: 1203 }, (_, i) => `web-${i}`));
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/apis/apps/v1/deployments?limit=500',
      '/apis/apps/v1/deployments?limit=500&continue=500',
      '/apis/apps/v1/deployments?limit=500&continue=1000',
    ]);
  });

  it('keeps what select returns and drops what it does not', async () => {
    const { client } = await serve(pages(5));

    const even = await client.list(deployments, {
      pageSize: 2,
      select: ({ metadata }) => (/[02468]$/.test(metadata?.name ?? '') ? metadata?.name : undefined),
    });

    expect(even).toEqual(['web-0', 'web-2', 'web-4']);
  });

  it('lets the server select, in one namespace', async () => {
    const { client, server } = await serve(pages(0));

    await client.list(deployments, {
      namespace: 'dev',
      labelSelector: 'team in (a,b),!x',
      fieldSelector: 'metadata.name=web',
      select: (item) => item,
    });

    const { pathname, searchParams } = new URL(server.seen[0]!.url, 'https://x');
    expect(pathname).toBe('/apis/apps/v1/namespaces/dev/deployments');
    expect(Object.fromEntries(searchParams)).toEqual({
      limit: '500',
      labelSelector: 'team in (a,b),!x',
      fieldSelector: 'metadata.name=web',
    });
  });

  it('starts again, once, when the continue token has expired, and keeps nothing of the first attempt', async () => {
    const answer = pages(6);
    const { client, server } = await serve((response, request, n) =>
      n === 2 ? json(response, 410, expired) : answer(response, request, n),
    );

    const all = await client.list(deployments, { pageSize: 3, select: ({ metadata }) => metadata?.name });

    expect(all).toEqual(['web-0', 'web-1', 'web-2', 'web-3', 'web-4', 'web-5']);
    expect(server.seen).toHaveLength(4);
  });

  it('gives up when the list expires twice', async () => {
    const answer = pages(6);
    const { client, server } = await serve((response, request, n) =>
      n % 2 === 0 ? json(response, 410, expired) : answer(response, request, n),
    );

    await expect(client.list(deployments, { pageSize: 3, select: (item) => item })).rejects.toThrow(GoneError);
    expect(server.seen).toHaveLength(4);
  });
});

describe('writes', () => {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: web };

  it.each([
    ['json', 'application/json-patch+json'],
    ['merge', 'application/merge-patch+json'],
    ['strategic', 'application/strategic-merge-patch+json'],
    ['apply', 'application/apply-patch+yaml'],
  ] as const)('sends a %s patch as %s', async (type, contentType) => {
    const { client, server } = await serve((response) => json(response, 200, object));

    await client.patch(deployments, web, { spec: { replicas: 0 } }, { type });

    expect(server.seen[0]).toMatchObject({
      method: 'PATCH',
      url: '/apis/apps/v1/namespaces/dev/deployments/web?fieldManager=nightshift',
      body: '{"spec":{"replicas":0}}',
      headers: { 'content-type': contentType, accept: 'application/json', 'content-length': '23' },
    });
  });

  it('applies under the field manager named, by force when told to', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));

    await client.patch(deployments, web, object, { type: 'apply', fieldManager: 'night owl', force: true });

    expect(server.seen[0]!.url).toBe('/apis/apps/v1/namespaces/dev/deployments/web?fieldManager=night+owl&force=true');
  });

  it('posts a new object to its collection, puts an old one in its place, deletes by name', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));

    await client.create(deployments, object);
    await client.replace(deployments, object);
    await client.delete(deployments, web);
    await client.create(namespaces, { metadata: { name: 'dev' } });

    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /apis/apps/v1/namespaces/dev/deployments?fieldManager=nightshift',
      'PUT /apis/apps/v1/namespaces/dev/deployments/web?fieldManager=nightshift',
      'DELETE /apis/apps/v1/namespaces/dev/deployments/web',
      'POST /api/v1/namespaces?fieldManager=nightshift',
    ]);
    expect(client.stats.requests).toEqual({ create: 2, update: 1, delete: 1 });
  });

  it('refuses an object without a name before anything is sent', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));

    await expect(client.create(deployments, { kind: 'Deployment' })).rejects.toThrow(BadInputError);
    expect(server.seen).toHaveLength(0);
  });
});

describe('addresses', () => {
  it('keeps the path that a cluster lives under', async () => {
    const { client, server } = await serve((response) => json(response, 200, {}), '/k8s/clusters/c-1/');

    await client.get(deployments, web);

    expect(server.seen[0]!.url).toBe('/k8s/clusters/c-1/apis/apps/v1/namespaces/dev/deployments/web');
  });

  it('encodes what a path would read otherwise', async () => {
    const { client, server } = await serve((response) => json(response, 200, {}));
    const roles: Resource = {
      group: 'rbac.authorization.k8s.io',
      version: 'v1',
      plural: 'clusterroles',
      kind: 'ClusterRole',
      namespaced: false,
    };

    await client.get(roles, { name: 'system:aggregate?to#edit' });

    expect(server.seen[0]!.url).toBe('/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aaggregate%3Fto%23edit');
  });

  it.each([
    ['an empty name', { namespace: 'dev', name: '' }, 'its name is empty'],
    ['..', { namespace: 'dev', name: '..' }, 'cannot be part of a path'],
    ['a slash', { namespace: 'dev', name: '../secrets/x' }, 'cannot be part of a path'],
    ['a percent sign', { namespace: 'dev', name: 'a%2fb' }, 'cannot be part of a path'],
    ['a line break', { namespace: 'dev', name: 'a\nb' }, 'cannot be part of a path'],
    ['a namespace of dots', { namespace: '..', name: 'web' }, 'its namespace cannot be part of a path'],
    ['300 characters', { namespace: 'dev', name: 'x'.repeat(300) }, 'its name has 300 characters, Kubernetes allows 253'],
    ['no namespace', { name: 'web' }, 'Deployment needs a namespace'],
  ])('refuses %s, and sends nothing', async (_, name, why) => {
    const { client, server } = await serve((response) => json(response, 200, {}));

    const error: unknown = await client.get(deployments, name).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
    expect((error as Error).message).toContain(why);
    expect((error as Error).message.length).toBeLessThan(250);
    expect(server.seen).toHaveLength(0);
  });

  it('refuses a namespace for what lives in none', async () => {
    const { client } = await serve((response) => json(response, 200, {}));

    await expect(client.get(namespaces, web)).rejects.toThrow('Namespace is not namespaced');
  });
});
