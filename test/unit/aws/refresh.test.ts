import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, it, vi } from 'vitest';
import { eksClient } from '../../../lib/aws/eks-client.ts';
import { eksClusters } from '../../../lib/aws/eks-clusters.ts';
import { awsIdentity } from '../../../lib/aws/identity.ts';
import { eksConnection } from '../../../lib/kubernetes/eks-connection.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { verifyEksToken } from '../../../sandbox/aws/verify-eks-token.ts';
import { Home } from '../../support/aws/home.ts';
import { type Place, REGION, SignInWorld, SUBJECT } from '../../support/aws/sign-in-world.ts';

const MINUTE_MS = 60_000;

afterEach(() => void vi.useRealTimers());

/** Minutes go by; only the clock jumps, so that sockets and timers go on. */
function pass(minutes: number): void {
  vi.setSystemTime(Date.now() + minutes * MINUTE_MS);
}

async function enter(place: Place): Promise<Home> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const home = await Home.with(place);
  home.enter();
  return home;
}

it('a process that lives longer than the keys of its instance has new ones before the old ones end', async () => {
  const world = await SignInWorld.start();
  const place = await world.instance({ lifeMs: 20 * MINUTE_MS });
  await enter(place);
  const client = new STSClient({ region: REGION });

  const first = await client.config.credentials();
  pass(16);
  // Four minutes are left: the old keys are good still, and new ones are fetched behind them.
  const during = await client.config.credentials();
  await vi.waitUntil(() => place.metadata.requests.filter((request) => request.includes('security-credentials/')).length >= 4);
  const second = await vi.waitUntil(async () => {
    const now = await client.config.credentials();
    return now.accessKeyId !== first.accessKeyId && now;
  });

  expect(during.accessKeyId).toBe(first.accessKeyId);
  expect(Date.now()).toBeLessThan(first.expiration!.getTime());
  expect(second.expiration!.getTime()).toBeGreaterThan(first.expiration!.getTime());
});

it('a token that the kubelet has renewed is read anew, and the agent takes it', async () => {
  const world = await SignInWorld.start();
  const place = await world.container('eks-pod-identity');
  const home = await enter(place);
  const client = new STSClient({ region: REGION });

  const first = await client.config.credentials();
  const next = world.issuer.token({ subject: SUBJECT, expiresAt: Date.now() + 120 * MINUTE_MS, audience: 'pods.eks.amazonaws.com' });
  await home.write('pod-token', next);
  place.endpoint.setAuthorization(next);
  pass(361);
  const second = await client.config.credentials();

  expect(second.accessKeyId).not.toBe(first.accessKeyId);
  expect(second.expiration!.getTime()).toBeGreaterThan(Date.now());
});

it('a web identity token that was renewed is read anew', async () => {
  const world = await SignInWorld.start();
  const home = await enter(world.webIdentity({ expiresAt: Date.now() + 30 * MINUTE_MS }));
  const client = new STSClient({ region: REGION });

  const first = await client.config.credentials();
  pass(61);
  await home.write('irsa-token', world.issuer.token({ subject: SUBJECT, expiresAt: Date.now() + 30 * MINUTE_MS }));
  const second = await client.config.credentials();

  expect(second.accessKeyId).not.toBe(first.accessKeyId);
});

it('every token for a cluster is signed with keys that outlive it', async () => {
  const world = await SignInWorld.start();
  await enter(await world.instance({ lifeMs: 20 * MINUTE_MS }));
  const client = eksClient({ region: REGION });
  const credentials = async () => client.config.credentials();
  const connection = eksConnection({ clusterName: 'dev', region: REGION, describer: eksClusters(client), credentials, clock: systemClock });

  const tokens = new Set<string>();
  for (let minutes = 0; minutes < 60; minutes += 3) {
    const { headers } = await connection.access();
    const token = String(headers.authorization).replace('Bearer ', '');
    const options = { clusterName: 'dev', lookup: world.sandbox.aws.identityOf, now: Date.now() };
    tokens.add(token);
    expect(verifyEksToken(token, options)).toMatchObject({ ok: true });
    pass(3);
  }
  expect(tokens.size).toBeGreaterThan(3);
});

it('whoami of a long-lived process says the end of the keys that it would use now', async () => {
  const world = await SignInWorld.start();
  const place = await world.instance({ lifeMs: 20 * MINUTE_MS });
  await enter(place);

  const first = await awsIdentity({ region: REGION, env: place.env });
  pass(21);
  const second = await awsIdentity({ region: REGION, env: place.env });

  expect(Date.parse(second.expires ?? '')).toBeGreaterThan(Date.parse(first.expires ?? ''));
  expect(second).toMatchObject({ arn: first.arn, source: { kind: 'instance-metadata' } });
});
