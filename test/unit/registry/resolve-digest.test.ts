import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../lib/platform/clock.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import type { RegistryCredentials } from '../../../lib/registry/credentials.ts';
import { RegistryError } from '../../../lib/registry/registry-error.ts';
import { type ResolvedImage, type ResolveOptions, resolveDigest } from '../../../lib/registry/resolve-digest.ts';
import { addressPolicy } from '../../../lib/smoke/addresses/address-policy.ts';
import type { RegistryAuth } from '../../../sandbox/registry/access.ts';
import { imageOf } from '../../../sandbox/registry/images.ts';
import { type RegistrySandbox, type RegistrySandboxOptions, startRegistrySandbox } from '../../../sandbox/registry/server.ts';
import { httpReceiver } from '../../support/http-receiver.ts';

const NOW = Date.parse('2026-11-20T21:00:00Z');
const web = imageOf('web');
const multi = imageOf('multi', ['linux/amd64', 'linux/arm64']);
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Waits are remembered and not waited for. */
function aClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return { waits, now: () => NOW, sleep: async (ms) => void waits.push(ms) };
}

async function registryWith(options: RegistrySandboxOptions = {}): Promise<RegistrySandbox> {
  const registry = await startRegistrySandbox({ clock: { now: () => NOW }, ...options });
  closers.push(() => registry.close());
  registry.push('shop/web', '2.4.1', web);
  registry.push('shop/multi', '2.4.1', multi);
  return registry;
}
const resolve = ({ host }: { readonly host: string }, options: ResolveOptions = {}, name = 'shop/web:2.4.1'): Promise<ResolvedImage> =>
  resolveDigest(`${host}/${name}`, { clock: aClock(), random: () => 0, ...options });
const failing = async (work: Promise<unknown>): Promise<RegistryError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof RegistryError)) throw new Error(`no RegistryError: ${String(error)}`);
  return error;
};
const as =
  (password: string, username = 'night'): RegistryCredentials =>
  async () => ({ username, password: new Secret(password) });

const bearer: RegistryAuth = { kind: 'bearer', users: { night: 'right' }, open: ['shop/multi'], grants: { night: ['shop/web'] } };
const basic: RegistryAuth = { kind: 'basic', users: { night: 'right' } };

describe('resolveDigest', () => {
  it('asks once for a tag without an index, and pulls nothing', async () => {
    const registry = await registryWith();

    expect((await resolve(registry)).digest).toBe(web.digest);
    expect(registry.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  it('reads an index by the digest that its tag had', async () => {
    const registry = await registryWith();

    await resolve(registry, {}, 'shop/multi:2.4.1');

    expect(registry.requests.map(({ method, path }) => [method, path.split('/').at(-1)])).toEqual([
      ['HEAD', '2.4.1'],
      ['GET', multi.digest],
    ]);
  });

  it.each<[string, RegistrySandboxOptions]>([
    ['tells no digest', { withoutDigestHeader: true }],
    ['knows no HEAD', { withoutHead: true }],
  ])('reads the manifest and counts by itself where the registry %s', async (_, options) => {
    const registry = await registryWith(options);

    expect((await resolve(registry)).digest).toBe(web.digest);
    expect((await resolve(registry, {}, 'shop/multi:2.4.1')).digests).toEqual([multi.digest, ...Object.values(multi.platforms)]);
  });

  it('lets a GET decide where a cache says that it has nothing yet', async () => {
    const registry = await registryWith();
    registry.faults.add({ method: 'HEAD', answer: { status: 404 } });

    expect((await resolve(registry)).digest).toBe(web.digest);
  });

  it.each<[string, RegistryAuth, RegistryCredentials | undefined]>([
    ['Basic', basic, as('right')],
    ['a token', bearer, as('right')],
  ])('logs in with %s', async (_, auth, credentials) => {
    const registry = await registryWith({ auth });

    expect((await resolve(registry, credentials ? { credentials } : {})).digest).toBe(web.digest);
  });

  it('fetches a token for what anybody may read, and uses it again', async () => {
    const registry = await registryWith({ auth: bearer });

    expect((await resolve(registry, {}, 'shop/multi:2.4.1')).digest).toBe(multi.digest);
    expect(registry.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'HEAD 2.4.1',
      'GET token',
      'HEAD 2.4.1',
      `GET ${multi.digest}`,
    ]);
  });

  it.each<[string, RegistryAuth, RegistryCredentials | undefined, string]>([
    ['Basic without a login', basic, undefined, 'asks for credentials'],
    ['Basic with a wrong one', basic, as('planted'), 'does not take the credentials'],
    ['a token without a login', bearer, undefined, 'asks for credentials'],
    ['a token with a wrong one', bearer, as('planted'), 'does not take the credentials'],
  ])('says what is wrong with %s', async (_, auth, credentials, why) => {
    const registry = await registryWith({ auth });

    const error = await failing(resolve(registry, credentials ? { credentials } : {}));

    expect(error).toMatchObject({ trouble: 'unauthorized', status: 401, retryable: false, message: expect.stringContaining(why) });
    expect(inspect(error, { depth: 9 })).not.toMatch(/planted|cGxhbnRlZA/);
  });

  it('says that a login may not read this repository', async () => {
    const registry = await registryWith({ auth: { ...bearer, open: [] } });

    expect(await failing(resolve(registry, { credentials: as('right') }, 'shop/multi:2.4.1'))).toMatchObject({ trouble: 'unauthorized' });
    expect(await failing(resolve(await registryWith({ forbidden: ['shop/web'] })))).toMatchObject({ trouble: 'forbidden', status: 403 });
  });

  it('shows no password to another place, and asks it nothing', async () => {
    const elsewhere = await httpReceiver((response) => response.end('{"token":"x"}'));
    closers.push(() => elsewhere.close());
    const plain = await registryWith({ auth: { ...bearer, realm: `${elsewhere.url}/token` } });
    const secure = await registryWith({ auth: { ...bearer, realm: 'https://127.0.0.1:1/token' } });

    expect(await failing(resolve(plain, { credentials: as('planted') }))).toMatchObject({
      trouble: 'refused',
      message: expect.stringContaining('is not reached by HTTPS'),
    });
    expect(await failing(resolve(secure, { credentials: as('planted') }))).toMatchObject({
      trouble: 'refused',
      message: expect.stringContaining('127.0.0.1:1, which no password is given to'),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  it('waits as long as the registry asks, and tries again', async () => {
    const registry = await registryWith();
    const clock = aClock();
    registry.faults.add({ answer: { status: 429, headers: { 'retry-after': '7' } } });

    expect((await resolve(registry, { clock })).digest).toBe(web.digest);
    expect(clock.waits).toEqual([7000]);
  });

  it('does not begin a wait that outlasts the budget', async () => {
    const registry = await registryWith();
    registry.faults.add({ answer: { status: 429, headers: { 'retry-after': new Date(NOW + 60_000).toUTCString() } } });

    expect(await failing(resolve(registry, { remainingMs: () => 5_000 }))).toMatchObject({
      trouble: 'rate-limited',
      retryable: true,
      retryAfterMs: 60_000,
    });
    expect(registry.requests).toHaveLength(1);
  });

  it.each<[string, Parameters<RegistrySandbox['faults']['add']>[0]]>([
    ['a failure inside', { answer: { status: 503 } }],
    ['a lost answer', { drop: 'after' }],
  ])('tries again after %s', async (_, fault) => {
    const registry = await registryWith();
    registry.faults.add({ ...fault, times: 2 });

    expect((await resolve(registry)).digest).toBe(web.digest);
    expect(registry.requests).toHaveLength(3);
  });

  it('gives up on silence', async () => {
    const registry = await registryWith();
    registry.faults.add({ hang: true, times: 9 });

    expect(await failing(resolve(registry, { timeoutMs: 30 }))).toMatchObject({
      trouble: 'unreachable',
      retryable: true,
      message: expect.stringContaining('no answer in 30 ms'),
    });
    expect(registry.requests).toHaveLength(3);
  });

  it('ends with the reason of the signal', async () => {
    const registry = await registryWith();
    registry.faults.add({ hang: true, times: 9 });
    const stop = new AbortController();
    const asking = resolve(registry, { signal: stop.signal });

    stop.abort(new Error('out of time'));

    await expect(asking).rejects.toThrow('out of time');
  });

  it('does not believe an index that has another digest than its tag', async () => {
    const registry = await registryWith({ withoutHead: true });
    const answer = {
      status: 200,
      headers: { 'content-type': 'application/vnd.oci.image.index.v1+json', 'docker-content-digest': web.digest },
      body: multi.manifests.at(-1)?.body ?? '',
    };
    registry.faults.add({ method: 'GET', answer });

    expect(await failing(resolve(registry))).toMatchObject({ trouble: 'bad-answer', message: expect.stringContaining('another digest') });
  });

  it.each<[string, { readonly status: number; readonly body?: string; readonly type?: string }, string]>([
    ['a page', { status: 418 }, 'answered 418, as no registry does'],
    ['an index that is none', { status: 200, body: '<html>', type: 'application/vnd.oci.image.index.v1+json' }, 'cannot be read'],
    ['an endless answer', { status: 200, body: 'x'.repeat(4 * 1024 * 1024 + 1) }, 'more than 4194304 bytes'],
  ])('does not take %s for an answer', async (_, { status, body = '', type = 'text/html' }, why) => {
    const registry = await registryWith({ withoutHead: true });
    registry.faults.add({ method: 'GET', answer: { status, headers: { 'content-type': type }, body } });

    expect(await failing(resolve(registry))).toMatchObject({ trouble: 'bad-answer', message: expect.stringContaining(why) });
  });

  it.each([['{}'], ['<html>'], ['{"token":"a b"}'], ['{"token":"a\\r\\nx: y"}']])('does not take %s for a token', async (body) => {
    const registry = await registryWith({ auth: bearer });
    registry.faults.add({ path: /token/, answer: { status: 200, body } });

    expect(await failing(resolve(registry))).toMatchObject({
      trouble: 'bad-answer',
      message: expect.stringContaining('its token cannot be read'),
    });
  });

  it('follows a redirect', async () => {
    const registry = await registryWith();
    const answer = { status: 307, headers: { location: '/v2/shop/web/manifests/2.4.1' } };
    registry.faults.add({ path: /shop\/front/, answer });

    expect((await resolve(registry, {}, 'shop/front:1')).digest).toBe(web.digest);
  });

  it('follows none that leaves TLS or the registry on plain HTTP', async () => {
    const behind = await registryWith();
    const registry = await registryWith();
    registry.faults.add({ answer: { status: 307, headers: { location: `http://${behind.host}/v2/x` } } });

    expect(await failing(resolve(registry))).toMatchObject({ trouble: 'refused', message: expect.stringContaining('without HTTPS') });
    expect(behind.requests).toEqual([]);
  });

  it('takes no login along to another place', async () => {
    const read = (name: string): Promise<string> => readFile(new URL(`../../support/certs/${name}`, import.meta.url), 'utf8');
    const seen: (string | undefined)[] = [];
    const behind = createServer({ key: await read('server.key'), cert: await read('server.pem') }, ({ headers }, response) => {
      seen.push(headers.authorization);
      const { mediaType, digest } = web.manifests[0]!;
      response.writeHead(200, { 'content-type': mediaType, 'docker-content-digest': digest }).end();
    });
    await new Promise<void>((listening) => behind.listen(0, '127.0.0.1', listening));
    closers.push(() => behind.close());
    const registry = await registryWith({ auth: basic });
    const location = `https://localhost:${(behind.address() as AddressInfo).port}/v2/x`;
    registry.faults.add({ skip: 1, answer: { status: 307, headers: { location } } });

    expect((await resolve(registry, { credentials: as('right'), ca: [await read('ca.pem')] })).digest).toBe(web.digest);
    expect(registry.requests[1]?.headers.authorization).toMatch(/^Basic /);
    expect(seen).toEqual([undefined]);
  });

  it('ends with a redirect that leads nowhere', async () => {
    const registry = await registryWith();
    registry.faults.add({ times: 99, answer: { status: 307, headers: { location: '/v2/shop/web/manifests/2.4.1' } } });

    expect(await failing(resolve(registry))).toMatchObject({ trouble: 'bad-answer', status: 307 });
    expect(registry.requests).toHaveLength(4);
  });

  it('speaks to no address that it may not', async () => {
    const registry = await registryWith();
    const named = registry.host.replace('127.0.0.1', 'localhost');

    for (const host of [registry.host, named]) {
      expect(await failing(resolve({ host }, { addresses: addressPolicy([]) }))).toMatchObject({
        trouble: 'refused',
        retryable: false,
        message: expect.stringContaining('loopback'),
      });
    }
    expect(registry.requests).toEqual([]);
    expect((await resolve(registry, { addresses: addressPolicy(['127.0.0.1']) })).digest).toBe(web.digest);
    expect((await resolve({ host: named }, { addresses: addressPolicy(['127.0.0.1', '::1']) })).digest).toBe(web.digest);
  });

  it('speaks TLS, with a private authority where it is named', async () => {
    const read = (name: string): Promise<string> => readFile(new URL(`../../support/certs/${name}`, import.meta.url), 'utf8');
    const server = createServer({ key: await read('server.key'), cert: await read('server.pem') }, (_, response) => {
      const { mediaType, digest } = web.manifests[0]!;
      response.writeHead(200, { 'content-type': mediaType, 'docker-content-digest': digest }).end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closers.push(() => server.close());
    const host = `localhost:${(server.address() as AddressInfo).port}`;

    const trusting = await resolve({ host }, { plainHttp: () => false, ca: [await read('ca.pem')] });

    expect(trusting.digest).toBe(web.digest);
    expect(await failing(resolve({ host }, { plainHttp: () => false }))).toMatchObject({
      trouble: 'unreachable',
      retryable: false,
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('fails where nobody listens', async () => {
    expect(await failing(resolve({ host: '127.0.0.1:1' }))).toMatchObject({
      trouble: 'unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
