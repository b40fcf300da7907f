/** One scenario through one transport, in a process of its own; prints its figures as JSON. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Connection } from '../../lib/kubernetes/connection.ts';

const CALLS = 50;
const [transport = '', scenario = '', address = ''] = process.argv.slice(2);
const ca = readFileSync(new URL('../../test/support/certs/ca.pem', import.meta.url), 'utf8');

/** Makes a function that lists once; `pages` reads all 5,000, the others ten. */
type Prepare = () => Promise<() => Promise<number>>;

const prepare: Readonly<Record<string, Prepare>> = {
  async 'client-node'() {
    const { AppsV1Api, KubeConfig } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    config.loadFromOptions({
      clusters: [{ name: 'c', server: address, caData: Buffer.from(ca).toString('base64') }],
      users: [{ name: 'u', token: 't' }],
      contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
      currentContext: 'x',
    });
    const api = config.makeApiClient(AppsV1Api);
    return async () => (await api.listDeploymentForAllNamespaces({ limit: 10 })).items.length;
  },
  ours,
  'ours-gzip': ours,
  async 'whole-pages'() {
    const agent = new Agent({ keepAlive: true, ca });
    return async () => {
      let count = 0;
      let token = '';
      do {
        const list = await wholePage(agent, `/apis/apps/v1/deployments?limit=500${token && `&continue=${token}`}`);
        count += list.items.map(({ metadata }) => metadata.name).length;
        token = list.metadata.continue;
      } while (token);
      agent.destroy();
      return count;
    };
  },
};

async function ours(): Promise<() => Promise<number>> {
  const { createKubernetesClient } = await import('../../lib/kubernetes/resource-client.ts');
  const { systemClock } = await import('../../lib/platform/clock.ts');
  const access = { server: new URL(address), tls: { ca, servername: 'localhost' }, headers: { authorization: 'Bearer t' } };
  const connection: Connection = { access: async () => access, invalidate() {}, unauthorizedHint: '' };
  const client = createKubernetesClient({ cluster: 'bench', connection, clock: systemClock });
  const deployments = { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true };
  const pageSize = scenario === 'pages' ? 500 : 10;
  return async () => (await client.list(deployments, { pageSize, select: ({ metadata }) => metadata?.name })).length;
}

interface List {
  readonly metadata: { readonly continue: string };
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

async function wholePage(agent: Agent, path: string): Promise<List> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(new URL(path, address), { agent, headers: { authorization: 'Bearer t' } }, resolve)
    .on('error', reject)
    .end();
  const chunks: Buffer[] = [];
  for await (const chunk of await promise) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as List;
}

async function main(): Promise<void> {
  const beforeImport = performance.now();
  const list = await prepare[transport]?.();
  if (!list) throw new Error(`unknown transport ${transport}`);
  const importMs = performance.now() - beforeImport;
  const start = performance.now();
  const cpu = process.cpuUsage();
  if (scenario === 'pages') await list();
  else if (scenario === 'parallel') await Promise.all(Array.from({ length: CALLS }, list));
  else for (let i = 0; i < CALLS; i++) await list();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const figures = { ms, cpuMs: (user + system) / 1000, importMs, peakRssMb: process.resourceUsage().maxRSS / 1000 };
  process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, Math.round(value)]))), () =>
    process.exit(0),
  );
}

await main();
