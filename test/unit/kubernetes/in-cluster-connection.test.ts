import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inClusterConnection } from '../../../lib/kubernetes/in-cluster-connection.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { testClock } from './support/fakes.ts';

let mount: string;
beforeEach(async () => {
  mount = await mkdtemp(join(tmpdir(), 'nightshift-account-'));
  await writeFile(join(mount, 'token'), 'first\n');
  await writeFile(join(mount, 'ca.crt'), 'CA');
});
afterEach(() => rm(mount, { recursive: true }));

const env = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '6443' };

describe('inClusterConnection', () => {
  it('goes to the service address as the service account', async () => {
    const access = await inClusterConnection({ env, clock: testClock(), mount }).access();

    expect(access).toMatchObject({ tls: { ca: 'CA' }, headers: { authorization: 'Bearer first' } });
    expect(access.server.href).toBe('https://10.0.0.1:6443/');
  });

  it('writes an IPv6 address as a URL has it', async () => {
    const access = await inClusterConnection({ env: { KUBERNETES_SERVICE_HOST: 'fd00::1' }, clock: testClock(), mount }).access();

    expect(access.server.href).toBe('https://[fd00::1]/');
  });

  it('sees a rotated token within a minute, or at once when the old one is refused, on the same connections', async () => {
    const clock = testClock();
    const connection = inClusterConnection({ env, clock, mount });
    const first = await connection.access();
    await writeFile(join(mount, 'token'), 'second');

    clock.advance(59_000);
    const kept = await connection.access();
    clock.advance(1000);
    const second = await connection.access();
    await writeFile(join(mount, 'token'), 'third');
    connection.invalidate(second);
    const third = await connection.access();

    expect(kept).toBe(first);
    expect([second, third].map(({ headers }) => headers.authorization)).toEqual(['Bearer second', 'Bearer third']);
    expect(third.tls).toBe(first.tls);
  });

  it('refuses a token that no header can hold before anything is sent, and does not repeat it', async () => {
    await writeFile(join(mount, 'token'), 'planted\nsecret');

    const error: unknown = await inClusterConnection({ env, clock: testClock(), mount })
      .access()
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'BadInputError', message: expect.stringContaining('characters that no token has') });
    expect(String(error)).not.toContain('planted');
  });

  it('says which variables make no address', () => {
    const odd = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: 'tcp://10.0.0.1:443' };

    expect(() => inClusterConnection({ env: odd, clock: testClock() })).toThrow(/is not a URL/);
  });

  it('says what is missing outside a pod, and in one without a token', async () => {
    expect(() => inClusterConnection({ env: {}, clock: testClock() })).toThrow(BadInputError);
    await rm(join(mount, 'token'));

    await expect(inClusterConnection({ env, clock: testClock(), mount }).access()).rejects.toThrow(
      "cannot read the service account's token",
    );
  });
});
