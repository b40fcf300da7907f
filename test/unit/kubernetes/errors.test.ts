import { afterEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../lib/kubernetes/connection.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { cert } from './support/certs.ts';
import { deployments, testClock, testConnection } from './support/fakes.ts';
import { json, startTlsServer, statusBody } from './support/tls-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function failureAt(url: URL, tls?: Access['tls']): Promise<unknown> {
  const client = createKubernetesClient({
    cluster: 'demo',
    connection: testConnection(url, tls),
    clock: testClock(),
    connectTimeoutMs: 2000,
    retryPolicy: { attempts: 2, baseMs: 1, capMs: 1 },
  });
  cleanups.push(() => client.close());
  return client.get(deployments, { namespace: 'dev', name: 'web' }).catch((error: unknown) => error);
}

async function refusal(code: number, body: unknown): Promise<unknown> {
  const server = await startTlsServer((response) => json(response, code, body));
  cleanups.push(() => server.stop());
  return failureAt(server.url);
}

describe('what the server refuses', () => {
  it('names the missing permission and the rule that grants it, apart from an unknown identity', async () => {
    const message =
      'deployments.apps "web" is forbidden: User "poor" cannot get resource "deployments" in API group "apps" in the namespace "dev"';

    expect(await refusal(403, statusBody(403, 'Forbidden', message))).toMatchObject({
      name: 'ForbiddenError',
      code: 'kubernetes_forbidden',
      retryable: false,
      permission: { apiGroup: 'apps', resource: 'deployments', verb: 'get', namespace: 'dev' },
      message: `cannot get deployments dev/web on cluster demo: ${message} (403)`,
      hint: expect.stringContaining('{apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"]}'),
    });
  });

  it.each([
    [400, 'InvalidRequestError', 'kubernetes_invalid', false],
    [404, 'NotFoundError', 'kubernetes_not_found', false],
    [409, 'ConflictError', 'kubernetes_conflict', true],
    [410, 'GoneError', 'kubernetes_gone', true],
    [415, 'InvalidRequestError', 'kubernetes_invalid', false],
    [422, 'InvalidRequestError', 'kubernetes_invalid', false],
    [429, 'TooManyRequestsError', 'kubernetes_too_many_requests', true],
    [500, 'ServerError', 'kubernetes_server_error', true],
  ])('turns %i into a %s', async (status, name, code, retryable) => {
    expect(await refusal(status, statusBody(status, 'Reason', 'why it was'))).toMatchObject({
      name,
      code,
      retryable,
      status,
      reason: 'Reason',
      cluster: 'demo',
      message: `cannot get deployments dev/web on cluster demo: why it was (${status})`,
    });
  });

  it('asks for a login, and not for rights, when the server takes the request for nobody’s', async () => {
    const message = 'deployments.apps "web" is forbidden: User "system:anonymous" cannot get resource "deployments" in API group "apps"';

    const error = await refusal(403, statusBody(403, 'Forbidden', message));

    expect(error).toMatchObject({
      name: 'UnauthorizedError',
      code: 'kubernetes_unauthorized',
      status: 403,
      message: "cannot get deployments dev/web on cluster demo: the server takes the request for nobody's, system:anonymous (403)",
      hint: 'log in again',
    });
  });

  it('repeats of a long message only its beginning, on one line', async () => {
    const error = (await refusal(422, statusBody(422, 'Invalid', `first\nsecond ${'x'.repeat(5000)}`))) as Error;

    expect(error.message).toMatch(/first second x+… \(422\)$/);
    expect(error.message.length).toBeLessThan(500);
  });

  it('repeats nothing of what a proxy says in the server’s place', async () => {
    expect(await refusal(404, { message: 'token=abc' })).toMatchObject({
      name: 'NotFoundError',
      message: 'cannot get deployments dev/web on cluster demo: the server answered 404',
    });
  });
});

describe('why a server cannot be reached', () => {
  async function tlsFailure(identity: string, tls?: Access['tls']): Promise<unknown> {
    const server = await startTlsServer((response) => json(response, 200, {}), { identity });
    cleanups.push(() => server.stop());
    return failureAt(server.url, tls);
  }

  it.each([
    ['the wrong CA', 'server', { ca: cert('other-ca.pem') }, 'tls-untrusted', /not signed by the cluster's CA/],
    ['no CA at all', 'server', {}, 'tls-untrusted', /not signed by the cluster's CA/],
    ['an expired certificate', 'expired', undefined, 'tls-expired', /has expired/],
    ['the certificate of another host', 'other-host', undefined, 'tls-hostname', /made out to another host/],
  ] as const)('tells %s', async (_, identity, tls, failure, message) => {
    expect(await tlsFailure(identity, tls)).toMatchObject({
      name: 'UnreachableError',
      code: 'kubernetes_unreachable',
      failure,
      retryable: false,
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  it('accepts another host’s certificate when told the name it carries', async () => {
    expect(await tlsFailure('other-host', { ca: cert('ca.pem'), servername: 'other.example' })).toEqual({});
  });

  it('tells a server that wants a client certificate', async () => {
    const server = await startTlsServer((response) => json(response, 200, {}), {
      tls: { requestCert: true, rejectUnauthorized: true, ca: cert('ca.pem') },
    });
    cleanups.push(() => server.stop());

    expect(await failureAt(server.url)).toMatchObject({ failure: 'tls-client-certificate' });
    expect(await failureAt(server.url, { ca: cert('ca.pem'), cert: cert('client.pem'), key: cert('client.key') })).toEqual({});
  });

  it('tells a refused connection', async () => {
    const server = await startTlsServer(() => {});
    await server.stop();

    expect(await failureAt(server.url)).toMatchObject({
      failure: 'refused',
      retryable: true,
      message: expect.stringContaining(server.url.host),
    });
  });

  it('tells a name that does not resolve', async () => {
    expect(await failureAt(new URL('https://no-such-cluster.invalid'))).toMatchObject({ failure: 'dns' });
  });

  it('tells a server that does not speak TLS', async () => {
    const { createServer } = await import('node:http');
    const plain = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => plain.close());
    const { port } = plain.address() as { port: number };

    expect(await failureAt(new URL(`https://127.0.0.1:${port}`))).toMatchObject({ name: 'UnreachableError', failure: 'tls' });
  });

  it('tells a server that accepts connections and stays silent', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => silent.close());
    const { port } = silent.address() as { port: number };
    const client = createKubernetesClient({
      cluster: 'demo',
      connection: testConnection(new URL(`https://127.0.0.1:${port}`)),
      clock: testClock(),
      connectTimeoutMs: 30,
      retryPolicy: { attempts: 1, baseMs: 1, capMs: 1 },
    });
    cleanups.push(() => client.close());

    const error: unknown = await client.get(deployments, { namespace: 'dev', name: 'web' }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ failure: 'connect-timeout', message: expect.stringContaining('no connection within 30 ms') });
  });
});
