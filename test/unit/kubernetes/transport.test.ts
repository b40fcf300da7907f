import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ConflictError, ServerError, TooManyRequestsError, UnauthorizedError, UnreachableError } from '../../../lib/kubernetes/errors.ts';
import { acceptHeaders } from '../../../lib/kubernetes/request-headers.ts';
import {
  type CountingKubernetesClient,
  createKubernetesClient,
  type KubernetesClientOptions,
} from '../../../lib/kubernetes/resource-client.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import { DeadlineError } from '../../../lib/platform/errors.ts';
import { cert } from './support/certs.ts';
import { deployments, testClock, testConnection } from './support/fakes.ts';
import { type Answer, json, startTlsServer, statusBody, type TlsServer } from './support/tls-server.ts';

const web = { namespace: 'dev', name: 'web' };
const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...web, resourceVersion: '7' } };
const sheds = statusBody(429, 'TooManyRequests', 'too many');
const unwell = statusBody(503, 'ServiceUnavailable', 'etcd is away');

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(
  answer: Answer,
  options: Partial<KubernetesClientOptions> = {},
): Promise<{ client: CountingKubernetesClient; server: TlsServer }> {
  const server = await startTlsServer(answer);
  const client = createKubernetesClient({
    cluster: 'demo',
    connection: testConnection(server.url),
    clock: testClock(),
    random: () => 0,
    ...options,
  });
  cleanups.push(
    () => server.stop(),
    () => client.close(),
  );
  return { client, server };
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

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
    cleanups.push(
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
    cleanups.push(
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

describe('429: the server sheds load', () => {
  it.each(['get', 'create', 'patch'] as const)('sends %s again after as many seconds as asked', async (verb) => {
    const clock = testClock();
    const { client, server } = await serve(
      (response, _, n) => (n <= 2 ? json(response, 429, sheds, { 'retry-after': '3' }) : json(response, 200, object)),
      { clock },
    );

    const calls = {
      get: () => client.get(deployments, web),
      create: () => client.create(deployments, object),
      patch: () => client.patch(deployments, web, [{ op: 'remove', path: '/spec/x' }], { type: 'json' }),
    };
    await calls[verb]();

    expect(server.seen).toHaveLength(3);
    expect(clock.slept).toEqual([3000, 3000]);
    expect(client.stats.retries).toBe(2);
  });

  it('understands a date in Retry-After', async () => {
    const clock = testClock();
    const at = new Date(clock.now() + 7000).toUTCString();
    const { client } = await serve(
      (response, _, n) => (n === 1 ? json(response, 429, sheds, { 'retry-after': at }) : json(response, 200, object)),
      { clock },
    );

    await client.get(deployments, web);

    expect(clock.slept).toEqual([7000]);
  });

  it('backs off exponentially, at most 15 s, when the server does not say how long', async () => {
    const clock = testClock();
    const { client, server } = await serve((response) => json(response, 429, sheds), {
      clock,
      random: () => 0.999,
      retryPolicy: { attempts: 9, baseMs: 250, capMs: 15_000 },
    });

    const error = await failure(client.get(deployments, web));

    expect(error).toBeInstanceOf(TooManyRequestsError);
    expect(server.seen).toHaveLength(9);
    expect(clock.slept.map(Math.round)).toEqual([250, 500, 999, 1998, 3996, 7992, 14985, 14985]);
  });

  it('gives up after five retries, and says what the server asked for', async () => {
    const { client, server } = await serve((response) => json(response, 429, sheds, { 'retry-after': '2' }));

    const error = await failure(client.create(deployments, object));

    expect(error).toMatchObject({ name: 'TooManyRequestsError', status: 429, retryAfterMs: 2000, retryable: true });
    expect(server.seen).toHaveLength(6);
  });

  it('does not begin a wait that outlasts the time budget', async () => {
    const clock = testClock();
    const { client, server } = await serve((response) => json(response, 429, sheds, { 'retry-after': '10' }), {
      clock,
      remainingMs: () => 9000,
    });

    expect(await failure(client.get(deployments, web))).toBeInstanceOf(TooManyRequestsError);
    expect(server.seen).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });
});

describe('5xx and lost answers: a write may have happened', () => {
  const guarded = { metadata: { resourceVersion: '7' }, spec: { replicas: 0 } };
  const test = [{ op: 'test', path: '/metadata/resourceVersion', value: '7' }];
  const repeatable: Record<string, (client: CountingKubernetesClient) => Promise<unknown>> = {
    get: (client) => client.get(deployments, web),
    list: (client) => client.list(deployments, { select: (item) => item }),
    'a merge patch': (client) => client.patch(deployments, web, guarded, { type: 'merge' }),
    'a guarded JSON patch': (client) => client.patch(deployments, web, test, { type: 'json' }),
    'a guarded replace': (client) => client.replace(deployments, object),
  };
  const once: Record<string, (client: CountingKubernetesClient) => Promise<unknown>> = {
    create: (client) => client.create(deployments, object),
    delete: (client) => client.delete(deployments, web),
    'a JSON patch without a test': (client) => client.patch(deployments, web, [{ op: 'add', path: '/x/-', value: 1 }], { type: 'json' }),
    'a JSON patch that tests something else': (client) =>
      client.patch(deployments, web, [{ op: 'test', path: '/spec/replicas', value: 1 }], { type: 'json' }),
    'a replace without resourceVersion': (client) => client.replace(deployments, { metadata: web }),
  };

  it.each(Object.keys(repeatable))('sends %s again after a 503', async (name) => {
    const { client, server } = await serve((response, _, n) =>
      n === 1 ? json(response, 503, unwell) : json(response, 200, { ...object, items: [] }),
    );

    await repeatable[name]!(client);

    expect(server.seen).toHaveLength(2);
  });

  it.each(Object.keys(once))('does not send %s again after a 503', async (name) => {
    const { client, server } = await serve((response) => json(response, 503, unwell));

    expect(await failure(once[name]!(client))).toBeInstanceOf(ServerError);
    expect(server.seen).toHaveLength(1);
  });

  it.each(Object.keys(repeatable))('sends %s again when the connection drops', async (name) => {
    const { client, server } = await serve((response, _, n) =>
      n === 1 ? response.destroy() : json(response, 200, { ...object, items: [] }),
    );

    await repeatable[name]!(client);

    expect(server.seen).toHaveLength(2);
  });

  it.each(Object.keys(once))('does not send %s again when the connection drops', async (name) => {
    const { client, server } = await serve((response) => response.destroy());

    expect(await failure(once[name]!(client))).toMatchObject({ name: 'UnreachableError', failure: 'connection-lost' });
    expect(server.seen).toHaveLength(1);
  });

  it('honours Retry-After on a 503', async () => {
    const clock = testClock();
    const { client } = await serve(
      (response, _, n) => (n === 1 ? json(response, 503, unwell, { 'retry-after': '4' }) : json(response, 200, object)),
      { clock },
    );

    await client.get(deployments, web);

    expect(clock.slept).toEqual([4000]);
  });

  it('does not repeat what the server will never be able to do', async () => {
    const { client, server } = await serve((response) => json(response, 501, {}));

    expect(await failure(client.get(deployments, web))).toBeInstanceOf(ServerError);
    expect(server.seen).toHaveLength(1);
  });

  it('drops what it kept of a page that broke off in the middle, and reads it again', async () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ metadata: { name: `web-${i}`, annotations: { padding: 'x'.repeat(2000) } } }));
    const page = JSON.stringify({ kind: 'DeploymentList', metadata: {}, items });
    const { client, server } = await serve((response, _, n) => {
      if (n > 1) return void response.end(page);
      response.write(page.slice(0, page.length / 2), () => response.destroy());
    });

    const names = await client.list(deployments, { select: (item) => item.metadata?.name });

    expect(server.seen).toHaveLength(2);
    expect(names).toEqual(items.map((item) => item.metadata.name));
  });

  it('leaves a conflict to the caller', async () => {
    const { client, server } = await serve((response) => json(response, 409, statusBody(409, 'Conflict', 'the object has been modified')));

    const error = await failure(client.patch(deployments, web, guarded, { type: 'merge' }));

    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      reason: 'Conflict',
      message: 'cannot patch deployments dev/web on cluster demo: the object has been modified (409)',
    });
    expect(server.seen).toHaveLength(1);
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

describe('time limits', () => {
  it('gives up on a server that takes the request and never answers', async () => {
    const { client } = await serve(() => {}, { responseTimeoutMs: 30, retryPolicy: { attempts: 1, baseMs: 1, capMs: 1 } });

    expect(await failure(client.get(deployments, web))).toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('no complete answer within 30 ms'),
    });
  });

  it('does not count a slow answer against the time for connecting', async () => {
    const { client, server } = await serve((response) => setTimeout(() => json(response, 200, object), 120), { connectTimeoutMs: 80 });

    expect(await client.get(deployments, web)).toEqual(object);
    expect(server.seen).toHaveLength(1);
  });

  it('gives up on an answer that trickles', async () => {
    const { client } = await serve(
      (response) => {
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip));
      },
      { responseTimeoutMs: 40, retryPolicy: { attempts: 1, baseMs: 1, capMs: 1 } },
    );

    expect(await failure(client.get(deployments, web))).toMatchObject({ failure: 'timeout' });
  });

  it('gives a slot back after a timeout', async () => {
    const { client } = await serve((response, _, n) => (n === 1 ? undefined : json(response, 200, object)), {
      maxSockets: 1,
      responseTimeoutMs: 30,
    });

    expect(await client.get(deployments, web)).toEqual(object);
  });

  it('stops in the middle of a request when the run is out of time, with the reason of the run', async () => {
    const { client, server } = await serve(() => {});
    const { signal } = deadlineIn(40, systemClock);

    expect(await failure(client.get(deployments, web, { signal }))).toBeInstanceOf(DeadlineError);
    expect(server.seen).toHaveLength(1);
  });

  it('stops in the middle of a wait when the run is out of time', async () => {
    const { client } = await serve((response) => json(response, 429, sheds, { 'retry-after': '14' }), { clock: systemClock });
    const { signal } = deadlineIn(60, systemClock);

    expect(await failure(client.get(deployments, web, { signal }))).toBeInstanceOf(DeadlineError);
  });

  it('sends nothing when the run is over already', async () => {
    const { client, server } = await serve((response) => json(response, 200, object));

    await failure(client.get(deployments, web, { signal: AbortSignal.abort(new Error('over')) }));

    expect(server.seen).toHaveLength(0);
  });

  it('stops waiting for a free connection when the run is out of time', async () => {
    const { client, server } = await serve(() => {}, { maxSockets: 1 });
    const first = client.get(deployments, web, { signal: AbortSignal.timeout(80) }).catch(() => 'timeout');

    const second = await failure(client.get(deployments, web, { signal: AbortSignal.abort(new Error('over')) }));
    const third = await failure(client.get(deployments, web, { signal: AbortSignal.timeout(30) }));

    expect(second).toMatchObject({ message: 'over' });
    expect(third).toMatchObject({ name: 'TimeoutError' });
    expect(await first).toBe('timeout');
    expect(server.seen).toHaveLength(1);
  });
});

describe('answers that no API server gives', () => {
  it.each([
    ['a login page', '<html><a href="/login">log in</a></html>'],
    ['another JSON', '[1,2]'],
    ['half a JSON', '{"kind":'],
    ['nothing', ''],
  ])('says so of %s, without repeating it', async (_, body) => {
    const { client, server } = await serve((response) => response.end(body));

    const error = await failure(client.get(deployments, web));
    const listError = await failure(client.list(deployments, { select: (item) => item }));

    expect(error).toMatchObject({ name: 'UnreachableError', failure: 'bad-answer', retryable: false });
    expect(listError).toMatchObject({ name: 'UnreachableError', failure: 'bad-answer' });
    expect(String(error)).not.toContain('login');
    expect(server.seen).toHaveLength(2);
  });

  it('does not follow a redirect with the credentials', async () => {
    const { client, server } = await serve((response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end());

    expect(await failure(client.get(deployments, web))).toMatchObject({
      failure: 'bad-answer',
      message: expect.stringContaining('redirects (302)'),
    });
    expect(server.seen).toHaveLength(1);
  });

  it('reads an object of one megabyte and refuses one that no etcd holds', async () => {
    const big = { metadata: { ...web, annotations: { note: 'ä'.repeat(500_000) } } };
    const { client } = await serve((response, _, n) => {
      if (n === 1) return json(response, 200, big);
      response.end(`{"a":"${'x'.repeat(17 * 1024 * 1024)}"}`);
    });

    expect(await client.get(deployments, web)).toEqual(big);
    expect(await failure(client.get(deployments, web))).toMatchObject({
      failure: 'bad-answer',
      message: expect.stringContaining('larger than'),
    });
  });
});

it('keeps credentials and foreign bodies out of errors, even when the server echoes them', async () => {
  const { client } = await serve((response, { headers }) =>
    json(response, 422, statusBody(422, 'Invalid', `cannot use ${headers.authorization}`)),
  );

  const error = await failure(client.create(deployments, object));

  expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringContaining('cannot use Bearer [redacted] (422)') });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('token-1');
});

it('hands an error of the caller’s own select back as it is', async () => {
  const { client, server } = await serve((response) => json(response, 200, { items: [object] }));
  const mistake = new Error('mistake in select');

  const error = await failure(
    client.list(deployments, {
      select: () => {
        throw mistake;
      },
    }),
  );

  expect(error).toBe(mistake);
  expect(server.seen).toHaveLength(1);
});
