import { describe, expect, it } from 'vitest';
import type { AwsCredentials } from '../../../lib/aws/credentials.ts';
import type { DescribedCluster } from '../../../lib/kubernetes/cluster-describer.ts';
import { eksConnection } from '../../../lib/kubernetes/eks-connection.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { cert } from './support/certs.ts';
import { deployments, testClock } from './support/fakes.ts';
import { json, startTlsServer, statusBody } from './support/tls-server.ts';

const MINUTE = 60_000;

/** An account whose answer never comes; notes the signal it was given. */
function silentAccount() {
  const signals: AbortSignal[] = [];
  const connection = eksConnection({
    clusterName: 'dev-1',
    region: 'eu-central-1',
    clock: testClock(),
    describer: {
      describeCluster: (_, { signal } = {}) => {
        if (signal) signals.push(signal);
        return new Promise(() => {});
      },
    },
    credentials: async () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret' }),
  });
  return { connection, signals };
}

function setUp(cluster: Partial<DescribedCluster> = {}, credentials: Partial<AwsCredentials> | Error = {}) {
  const clock = testClock();
  const asked = { describe: 0, credentials: 0 };
  const connection = eksConnection({
    clusterName: 'dev-1',
    region: 'eu-central-1',
    clock,
    describer: {
      async describeCluster() {
        asked.describe++;
        return {
          endpoint: 'https://abc.eks.amazonaws.com',
          certificateAuthorityPem: cert('ca.pem'),
          status: 'ACTIVE',
          arn: 'arn',
          ...cluster,
        };
      },
    },
    async credentials() {
      asked.credentials++;
      if (credentials instanceof Error) throw credentials;
      return { accessKeyId: 'AKID', secretAccessKey: 'secret', ...credentials };
    },
  });
  return { connection, clock, asked };
}

describe('eksConnection', () => {
  it('asks nobody until it is used, then EKS and the credentials once for many requests at once', async () => {
    const { connection, asked } = setUp();
    expect(asked).toEqual({ describe: 0, credentials: 0 });

    const all = await Promise.all(Array.from({ length: 16 }, () => connection.access()));

    expect(new Set(all).size).toBe(1);
    expect(asked).toEqual({ describe: 1, credentials: 1 });
    expect(all[0]).toMatchObject({
      tls: { ca: cert('ca.pem') },
      headers: { authorization: expect.stringMatching(/^Bearer k8s-aws-v1\./) },
    });
    expect(all[0]!.server.href).toBe('https://abc.eks.amazonaws.com/');
  });

  it('stops asking AWS when the run has ended', async () => {
    const { connection, signals } = silentAccount();

    await expect(connection.access(AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' });

    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('hands on what our own credentials say of their failure', async () => {
    const refused = new BadInputError('sts:AssumeRole on arn:aws:iam::1:role/x failed: AccessDenied', { hint: 'allow it' });

    expect(
      await setUp({}, refused)
        .connection.access()
        .catch((error: unknown) => error),
    ).toBe(refused);
  });

  it('signs anew when less than two of the fourteen minutes are left, by the clock at use', async () => {
    const { connection, clock } = setUp();
    const first = await connection.access();

    clock.advance(12 * MINUTE - 1);
    expect(await connection.access()).toBe(first);
    clock.advance(1);
    const second = await connection.access();

    expect(second.headers).not.toEqual(first.headers);
    expect(second.tls).toBe(first.tls);
  });

  it('signs anew after a sandbox thawed hours later, and when the clock was set back', async () => {
    const { connection, clock } = setUp();
    const first = await connection.access();

    clock.advance(5 * 60 * MINUTE);
    const second = await connection.access();
    clock.advance(-60 * MINUTE);
    const third = await connection.access();

    expect(new Set([first, second, third].map(({ headers }) => headers.authorization)).size).toBe(3);
  });

  it('does not let a token outlive the session that signed it', async () => {
    const { connection, clock } = setUp({}, { expiration: new Date(testClock().now() + 7 * MINUTE) });
    const first = await connection.access();

    clock.advance(5 * MINUTE - 1);
    expect(await connection.access()).toBe(first);
    clock.advance(1);
    expect(await connection.access()).not.toBe(first);
  });

  it('asks for the address again after a quarter of an hour', async () => {
    const { connection, clock, asked } = setUp();

    for (let minute = 0; minute <= 29; minute++, clock.advance(MINUTE)) await connection.access();

    expect(asked.describe).toBe(2);
  });

  it.each(['CREATING', 'DELETING', 'FAILED', 'PENDING'])('refuses a cluster that is %s', async (status) => {
    await expect(setUp({ status }).connection.access()).rejects.toMatchObject({
      name: 'ClusterNotReadyError',
      message: `cannot use cluster dev-1: it is ${status}`,
    });
  });

  it('uses a cluster that is UPDATING', async () => {
    await expect(setUp({ status: 'UPDATING' }).connection.access()).resolves.toBeDefined();
  });

  it('says so when there are no credentials, and asks again the next time', async () => {
    const { connection, asked } = setUp({}, Object.assign(new Error('not authorized to perform sts:AssumeRole'), { name: 'AccessDenied' }));

    const attempts = [connection.access(), connection.access()];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toMatchObject({
        name: 'CredentialsError',
        message: expect.stringContaining('AccessDenied: not authorized'),
      });
    }
    await connection.access().catch(() => undefined);

    expect(asked.credentials).toBe(2);
  });

  it('keeps a newer token when an older one is reported as refused', async () => {
    const { connection, clock } = setUp();
    const first = await connection.access();
    clock.advance(1000);
    connection.invalidate(first);
    const second = await connection.access();

    connection.invalidate(first);

    expect(await connection.access()).toBe(second);
  });

  it('re-signs exactly once when the server answers 401, then says what 401 means on EKS', async () => {
    const server = await startTlsServer((response) => json(response, 401, statusBody(401, 'Unauthorized', 'Unauthorized')));
    const { connection, clock, asked } = setUp({ endpoint: server.url.href });
    const client = createKubernetesClient({ cluster: 'dev-1', connection, clock });

    const error: unknown = await client.get(deployments, { namespace: 'dev', name: 'web' }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'UnauthorizedError', hint: expect.stringMatching(/access entry.*cluster name.*clock/) });
    expect(server.seen).toHaveLength(2);
    expect(asked).toEqual({ describe: 1, credentials: 2 });
    client.close();
    await server.stop();
  });

  it.each([
    ['address', { endpoint: '' }],
    ['CA', { certificateAuthorityPem: '' }],
  ])('refuses an active cluster without %s, instead of trusting whoever answers', async (_, cluster) => {
    await expect(setUp(cluster).connection.access()).rejects.toMatchObject({ name: 'ClusterNotReadyError', retryable: true });
  });

  it('repeats of a credentials error its first line, without what looks like a secret', async () => {
    const failure = new Error('Command failed: vault read --token=x Authorization: Bearer planted-1\nAWS_SECRET_ACCESS_KEY=planted-2');

    const error: unknown = await setUp({}, failure)
      .connection.access()
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CredentialsError', message: expect.stringContaining('Command failed: vault read') });
    expect(String(error)).not.toContain('planted');
  });
});
