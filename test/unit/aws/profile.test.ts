import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { eksClusters } from '../../../lib/aws/eks-clusters.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';

let aws: AwsSandbox;
let folder: string;

beforeAll(async () => {
  aws = await startAwsSandbox();
  folder = await mkdtemp(join(tmpdir(), 'nightshift-profiles-'));
  const { accessKeyId, secretAccessKey } = aws.credentials;
  const printed = JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }).replaceAll('"', '\\"');
  await writeFile(
    join(folder, 'config'),
    `[profile own]
credential_process = /bin/sh -c 'echo "${printed}"'
[profile chain]
role_arn = arn:aws:iam::123456789012:role/nope
source_profile = own
[profile sso]
sso_session = x
sso_account_id = 111122223333
sso_role_name = dev
[sso-session x]
sso_region = eu-central-1
sso_start_url = https://127.0.0.1:1/start
[profile broken]
credential_process = /bin/sh -c 'echo planted-output; echo planted-error >&2; exit 1'
`,
  );
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

/** What a call with the credentials of a profile fails with. */
async function failureAs(profile: string): Promise<unknown> {
  for (const [name, value] of Object.entries({
    ...aws.env(),
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_PROFILE: profile,
  })) {
    vi.stubEnv(name, value);
  }
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  const client = new EKSClient({ region: 'eu-central-1', endpoint: aws.endpoint, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return eksClusters(client)
    .describeCluster('dev')
    .catch((error: unknown) => error);
}

it('tells a role of the profile that may not be assumed from the call itself', async () => {
  expect(await failureAs('chain')).toMatchObject({
    name: 'AwsError',
    message: 'sts:AssumeRole on arn:aws:iam::123456789012:role/nope in eu-central-1 failed: AccessDenied',
    hint: 'allow sts:AssumeRole on arn:aws:iam::123456789012:role/nope for the credentials in use',
  });
});

it('says how to sign in again when the login of the profile has ended', async () => {
  expect(await failureAs('sso')).toMatchObject({ kind: 'bad-credentials', hint: 'sign in again: aws sso login --profile sso' });
});

it('points to the credential_process when no credentials could be had, and repeats nothing of what it printed', async () => {
  const error = await failureAs('broken');

  expect(error).toMatchObject({ kind: 'bad-credentials', hint: expect.stringContaining('credential_process') });
  expect(`${error}`).not.toContain('planted');
});
