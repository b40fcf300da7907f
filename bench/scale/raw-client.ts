import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

/** Bare requests over keep-alive connections: node:https and nothing else. */
export interface RawClient {
  /** The body of a 2xx answer, parsed. Rejects on any other status. */
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Resolves when a 2xx answer has been passed over. Rejects on any other status. */
  merge(path: string, patch: unknown): Promise<void>;
  /** The body of a 2xx answer as text. */
  text(path: string): Promise<string>;
  close(): void;
}

interface KubeconfigJson {
  readonly clusters: readonly [{ readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** @param kubeconfig path of a kubeconfig as `startControlPlane` writes it: JSON, one cluster, one token */
export function rawClient(kubeconfig: string, connections: number): RawClient {
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as KubeconfigJson;
  const { server, 'certificate-authority-data': ca } = clusters[0].cluster;
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: Buffer.from(ca, 'base64') });
  const { hostname, port } = new URL(server);
  const authorization = `Bearer ${users[0].user.token}`;

  const send = (method: string, path: string, contentType?: string, body?: unknown): Promise<IncomingMessage> => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = {
      authorization,
      // Whoever passes over the answer of a patch does not ask for the whole object: Nightshift does the same.
      accept: method === 'PATCH' ? 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' : 'application/json',
      ...(payload !== undefined && { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(payload) }),
    };
    request({ hostname, port, agent, method, path, headers }, resolve).on('error', reject).end(payload);
    return promise;
  };
  const text = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await send(method, path, undefined, body);
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const all = Buffer.concat(chunks).toString('utf8');
    if (!isSuccess(answer)) throw new Error(`${method} ${path}: ${answer.statusCode} ${all.slice(0, 300)}`);
    return all;
  };
  return {
    json: async <T>(method: string, path: string, body?: unknown): Promise<T> => JSON.parse(await text(method, path, body)) as T,
    text: (path) => text('GET', path),
    async merge(path, patch) {
      const answer = await send('PATCH', path, 'application/merge-patch+json', patch);
      await new Promise((resolve, reject) => answer.on('end', resolve).on('error', reject).resume());
      if (!isSuccess(answer)) throw new Error(`PATCH ${path}: ${answer.statusCode}`);
    },
    close: () => agent.destroy(),
  };
}

function isSuccess({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}
