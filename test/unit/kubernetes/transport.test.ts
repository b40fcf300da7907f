import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UnauthorizedError, UnreachableError } from '../../../lib/kubernetes/errors.ts';
import { acceptHeaders } from '../../../lib/kubernetes/request-headers.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { cert } from './support/certs.ts';
import { deployments, testClock, testConnection } from './support/fakes.ts';
import { cleanUp, failure, object, serve, web } from './support/served-client.ts';
import { json, startTlsServer, statusBody } from './support/tls-server.ts';

describe('connections', () => {
  it('sends a hundred sequential requests over one connection and counts them by verb', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));

    for (let i = 0; i < 100; i++) await client.get(deployments, web);
    await client.patch(deployments, web, { spec: { replicas: 0 } }, { type: 'merge' });

    expect(server.connections).toBe(1);
    expect(client.stats).toMatchObject({
      requests: { get: 100, patch: 1 },
      retries: 0,
      connections: 1,
      bytesOut: '{"spec":{"replicas":0}}'.length,
    });
    expect(client.stats.bytesIn).toBe(101 * JSON.stringify(object).length);
  });

  it('opens no more connections than allowed, however many calls are waiting', async () => {
    const { client, server } = await serve((response) => setTimeout(() => json(response, 200, object), 2), { maxSockets: 3 });

    await Promise.all(Array.from({ length: 40 }, () => client.get(deployments, web)));

    expect(server.connections).toBe(3);
    expect(server.seen).toHaveLength(40);
  });

  it('does not trust connections that lay idle for longer than a load balancer keeps them', async () => {
    const clock = testClock();
    const { client, server } = await serve((response) => json(response, 200, object), { clock });

    await client.get(deployments, web);
    clock.advance(3 * 3600_000);
    await client.get(deployments, web);

    expect(server.connections).toBe(2);
  });

  it('closes what is idle and lets what is in flight end', async () => {
    const { client, server } = await serve((response) => setTimeout(() => json(response, 200, object), 20));

    const inFlight = client.get(deployments, web);
    while (server.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    client.close();

    expect(await inFlight).toEqual(object);
    expect(await client.get(deployments, web)).toEqual(object);
    expect(server.connections).toBe(2);
  });

  it('opens new connections when the certificates change', async () => {
    const server = await startTlsServer((response) => json(response, 200, object));
    const tls = { ca: cert('ca.pem') };
    let access = { server: server.url, tls, headers: {} };
    const connection = { access: async () => access, invalidate() {}, unauthorizedHint: '' };
    const client = createKubernetesClient({ cluster: 'demo', connection, clock: testClock() });
    cleanUp(
      () => server.stop(),
      () => client.close(),
    );

    await client.get(deployments, web);
    access = { ...access, headers: { authorization: 'Bearer new' } };
    await client.get(deployments, web);
    expect(server.connections).toBe(1);
    access = { ...access, tls: { ...tls } };
    await client.get(deployments, web);
    expect(server.connections).toBe(2);
  });

  it('speaks plain http to a server that has no TLS', async () => {
    const server = createServer((_, response) => json(response, 200, object));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = createKubernetesClient({
      cluster: 'demo',
      connection: testConnection(new URL(`http://127.0.0.1:${port}`)),
      clock: testClock(),
    });
    cleanUp(
      () => server.close(),
      () => client.close(),
    );

    expect(await client.get(deployments, web)).toEqual(object);
    expect(client.stats.connections).toBe(1);
  });

  it('asks for compression only when a network lies between', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));
    await client.get(deployments, web);
    expect(server.seen[0]!.headers).not.toHaveProperty('accept-encoding');

    expect(acceptHeaders(new URL('https://abc.eks.amazonaws.com'))).toEqual({ accept: 'application/json', 'accept-encoding': 'gzip' });
    for (const local of ['https://localhost:6443', 'https://[::1]:6443', 'https://127.1.2.3']) {
      expect(acceptHeaders(new URL(local))).toEqual({ accept: 'application/json' });
    }
  });

  it('reads a compressed answer', async () => {
    const { client } = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(object))),
    );

    expect(await client.get(deployments, web)).toEqual(object);
  });

  it('treats a compressed answer that was cut short as a lost one', async () => {
    const { client, server } = await serve((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(object)).subarray(0, 30)),
    );

    expect(await failure(client.get(deployments, web))).toBeInstanceOf(UnreachableError);
    expect(server.seen.length).toBe(6);
  });
});

describe('401: the server does not know who asks', () => {
  it('drops the credentials, signs once more and goes on', async () => {
    const { client, server } = await serve((response, { headers }) =>
      headers.authorization === 'Bearer token-2'
        ? json(response, 200, object)
        : json(response, 401, statusBody(401, 'Unauthorized', 'Unauthorized')),
    );

    await client.get(deployments, web);
    await client.get(deployments, web);

    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-2']);
  });

  it('is an error of its own the second time, with what to do about this kind of identity', async () => {
    const { client, server } = await serve((response) => json(response, 401, statusBody(401, 'Unauthorized', 'Unauthorized')));

    const error = await failure(client.create(deployments, object));

    expect(error).toBeInstanceOf(UnauthorizedError);
    expect(error).toMatchObject({ status: 401, code: 'kubernetes_unauthorized', hint: 'log in again' });
    expect(server.seen).toHaveLength(2);
  });
});
