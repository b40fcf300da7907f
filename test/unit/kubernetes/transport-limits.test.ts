import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import { DeadlineError } from '../../../lib/platform/errors.ts';
import { deployments } from './support/fakes.ts';
import { failure, object, serve, sheds, web } from './support/served-client.ts';
import { json, statusBody } from './support/tls-server.ts';

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
