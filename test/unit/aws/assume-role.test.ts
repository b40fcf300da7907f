import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { assumeRole } from '../../../lib/aws/assume-role.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';

const role = { arn: 'arn:aws:iam::111111111111:role/nightshift-spoke', externalId: 'team-a', sessionName: 'nightly' };
const clock = { at: Date.now(), now: () => clock.at, sleep: async () => {} };
let sandbox: AwsSandbox;

beforeAll(async () => {
  sandbox = await startAwsSandbox({ roles: { [role.arn]: { externalId: 'team-a' } }, clock });
  vi.stubEnv('AWS_ENDPOINT_URL', sandbox.endpoint);
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  vi.unstubAllEnvs();
  await sandbox.close();
});

const provider = (assumed = role) => assumeRole(assumed, { region: sandbox.region, credentials: async () => sandbox.credentials, clock });

const calls = (): number => sandbox.requests.filter(({ operation }) => operation === 'AssumeRole').length;

it('gives session credentials that AWS knows as the role', async () => {
  const credentials = await provider()();

  const client = new STSClient({ region: sandbox.region, credentials });
  const identity = await client.send(new GetCallerIdentityCommand({}));
  client.destroy();

  expect(identity.Arn).toBe('arn:aws:sts::111111111111:assumed-role/nightshift-spoke/nightly');
  expect(credentials.expiration?.getTime()).toBe(Math.trunc(clock.at) + 3_600_000);
});

it('asks once for callers that come together and until shortly before the end, then again', async () => {
  const credentials = provider();
  const before = calls();

  const [first, second] = await Promise.all([credentials(), credentials()]);
  expect(second).toBe(first);
  expect(calls()).toBe(before + 1);

  clock.at += 54 * 60_000;
  expect(await credentials()).toBe(first);

  clock.at += 2 * 60_000;
  expect((await credentials()).accessKeyId).not.toBe(first.accessKeyId);
  expect(calls()).toBe(before + 2);
});

it('names the role that may not be assumed, and remembers no failure', async () => {
  const wrong = provider({ ...role, externalId: 'team-b' });

  await expect(wrong()).rejects.toMatchObject({
    message: `sts:AssumeRole on ${role.arn} in eu-central-1 failed: AccessDenied`,
    hint: `allow sts:AssumeRole on ${role.arn} for the credentials in use`,
  });

  const right = provider();
  sandbox.faults.add({ service: 'sts', operation: 'AssumeRole', times: 9, effect: { kind: 'error', code: 'AccessDenied' } });
  await expect(right()).rejects.toMatchObject({ kind: 'access-denied' });
  sandbox.faults.clear();
  expect((await right()).sessionToken).toBeDefined();
});
