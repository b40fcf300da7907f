import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubernetesObject } from '@kubernetes/client-node';
import { type AnsweringPod, answeringPods } from './answering-pods.ts';

export interface StorefrontServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The versions that it has named at /version, in their order. */
  told(): readonly string[];
  close(): Promise<void>;
}

/**
 * The web server that the pods of the Service shop/storefront would be, if the sandbox ran containers: each request is answered by the next of the
 * pods behind the Service, an old one as well as a new one, with the version in its image's tag.
 * @param snapshot all objects of the cluster
 */
export async function startStorefrontServer(snapshot: () => readonly KubernetesObject[]): Promise<StorefrontServer> {
  let turn = 0;
  const told: string[] = [];
  const server = createServer((request, response) => {
    const pods = answeringPods(snapshot(), { namespace: 'shop', name: 'storefront' });
    const pod = pods[turn++ % Math.max(1, pods.length)];
    const path = new URL(request.url ?? '/', 'http://storefront').pathname;
    request.resume();
    if (pod === undefined) end(response, 503, { ok: false, reason: 'no pod is behind the Service' });
    else answer(path, pod, response);
    if (pod !== undefined && path === '/version') told.push(pod.version);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    told: () => [...told],
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(path: string, { name, version }: AnsweringPod, response: ServerResponse): void {
  switch (path) {
    case '/':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Welcome to the shop</h1><footer>${version}</footer></html>`);
      return;
    case '/healthz':
      end(response, 200, { ok: true });
      return;
    case '/version':
      end(response, 200, { version, pod: name });
      return;
    default:
      end(response, 404, { ok: false, reason: 'no such page' });
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
