import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

/** As much of a Kubernetes API, over plain HTTP, as one `kubectl rollout status` asks for. */
export interface OneObjectApi {
  readonly url: string;
  /** What is served from now on, as it is: an API server would not take the objects that tests are made of. */
  serve(object: Json): void;
  close(): Promise<void>;
}

const KINDS: Readonly<Record<string, string>> = { deployments: 'Deployment', daemonsets: 'DaemonSet', statefulsets: 'StatefulSet' };
const APPS = { groupVersion: 'apps/v1', version: 'v1' };
const DISCOVERY: Readonly<Record<string, Json>> = {
  '/version': { major: '1', minor: '36', gitVersion: 'v1.36.0' },
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/api/v1': { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: 'v1', resources: [] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [{ name: 'apps', versions: [APPS], preferredVersion: APPS }] },
  '/apis/apps/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'apps/v1',
    resources: Object.entries(KINDS).map(([name, kind]) => ({
      name,
      kind,
      namespaced: true,
      singularName: kind.toLowerCase(),
      verbs: ['get', 'list', 'watch'],
    })),
  },
};
/** Ends what a watch sends of the objects that are there already. */
const BOOKMARK = { 'k8s.io/initial-events-end': 'true' };

export async function startOneObjectApi(): Promise<OneObjectApi> {
  let object: Json = {};
  const server = createServer((request, response) => answer(request, response, object));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next) => {
      object = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, object: Json): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const discovered = DISCOVERY[url.pathname];
  const [, plural = '', name] = /^\/apis\/apps\/v1\/namespaces\/[^/]+\/(\w+)(?:\/(.+))?$/.exec(url.pathname) ?? [];
  const kind = KINDS[plural];
  response.setHeader('content-type', 'application/json');
  if (discovered) response.end(JSON.stringify(discovered));
  else if (kind === undefined)
    response.writeHead(404).end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404, reason: 'NotFound' }));
  else if (name !== undefined) response.end(JSON.stringify(object));
  else if (url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1')
    watch(response, kind, object, url.searchParams.get('sendInitialEvents') === 'true');
  else response.end(JSON.stringify({ kind: `${kind}List`, apiVersion: 'apps/v1', metadata: { resourceVersion: '1' }, items: [object] }));
}

function watch(response: ServerResponse, kind: string, object: Json, initial: boolean): void {
  const send = (type: string, sent: Json): void => void response.write(`${JSON.stringify({ type, object: sent })}\n`);
  response.flushHeaders();
  if (!initial) return;
  send('ADDED', object);
  send('BOOKMARK', { kind, apiVersion: 'apps/v1', metadata: { resourceVersion: '1', annotations: BOOKMARK } });
}
