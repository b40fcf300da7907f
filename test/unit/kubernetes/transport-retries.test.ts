import { describe, expect, it } from 'vitest';
import { ConflictError, ServerError, TooManyRequestsError } from '../../../lib/kubernetes/errors.ts';
import type { CountingKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deployments, testClock } from './support/fakes.ts';
import { failure, object, serve, sheds, web } from './support/served-client.ts';
import { json, statusBody } from './support/tls-server.ts';

const unwell = statusBody(503, 'ServiceUnavailable', 'etcd is away');

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

  it('waits longer than it would by itself when the server asks for that', async () => {
    const clock = testClock();
    const { client } = await serve(
      (response, _, n) => (n === 1 ? json(response, 429, sheds, { 'retry-after': '60' }) : json(response, 200, object)),
      { clock, remainingMs: () => 120_000 },
    );

    await client.get(deployments, web);

    expect(clock.slept).toEqual([60_000]);
  });

  it('gives up at once, and says for how long, when the server asks for more than anybody waits', async () => {
    const clock = testClock();
    const { client, server } = await serve((response) => json(response, 429, sheds, { 'retry-after': '600' }), { clock });

    expect(await failure(client.get(deployments, web))).toMatchObject({
      name: 'TooManyRequestsError',
      retryAfterMs: 600_000,
      hint: 'the API server sheds load: run again after the 600 s that it asks for, or with fewer requests in flight',
    });
    expect(server.seen).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('can be interrupted in the middle of a long wait that no time budget bounds', async () => {
    const { client } = await serve((response) => json(response, 429, sheds, { 'retry-after': '200' }), { clock: systemClock });
    const stop = new AbortController();
    const asked = failure(client.get(deployments, web, { signal: stop.signal }));

    setTimeout(() => stop.abort(new Error('Ctrl-C')), 50);

    expect(await asked).toMatchObject({ message: 'Ctrl-C' });
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
