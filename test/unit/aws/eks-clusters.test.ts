import { EKSClient } from '@aws-sdk/client-eks';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AwsError } from '../../../lib/aws/aws-error.ts';
import { clientConfig } from '../../../lib/aws/client-config.ts';
import { eksClusters } from '../../../lib/aws/eks-clusters.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';

const caPem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
let sandbox: AwsSandbox;
let client: EKSClient;

beforeAll(async () => {
  sandbox = await startAwsSandbox({
    clusters: {
      dev: { endpoint: 'https://127.0.0.1:6443', caPem },
      fresh: { endpoint: 'https://127.0.0.1:6444', caPem, status: 'CREATING' },
    },
  });
  const { endpoint, credentials, region } = sandbox;
  client = new EKSClient({ ...clientConfig({ region }, { maxAttempts: 1 }), endpoint, credentials });
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

it('gives address, CA as PEM, status and ARN', async () => {
  expect(await eksClusters(client).describeCluster('dev')).toEqual({
    endpoint: 'https://127.0.0.1:6443',
    certificateAuthorityPem: caPem,
    status: 'ACTIVE',
    arn: 'arn:aws:eks:eu-central-1:000000000000:cluster/dev',
  });
});

it('tells the status of a cluster that has no address yet', async () => {
  expect(await eksClusters(client).describeCluster('fresh')).toMatchObject({
    endpoint: '',
    certificateAuthorityPem: '',
    status: 'CREATING',
  });
});

it('says which region was asked for a cluster that does not exist', async () => {
  const error = await eksClusters(client)
    .describeCluster('prod')
    .catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(BadInputError);
  expect(error).toMatchObject({
    message: 'cluster "prod" not found in eu-central-1: EKS knows no such cluster in this account',
    hint: 'check the cluster name (not its ARN), the region and the account of the credentials',
  });
});

it.each(['arn:aws:eks:eu-central-1:000000000000:cluster/dev', '', 'a'.repeat(101), '../dev', 'x'.repeat(300)])(
  'refuses %j without asking EKS',
  async (name) => {
    const before = sandbox.requests.length;

    await expect(eksClusters(client).describeCluster(name)).rejects.toThrow(BadInputError);

    expect(sandbox.requests).toHaveLength(before);
  },
);

it('names the permission and the cluster when access is denied', async () => {
  sandbox.faults.add({ service: 'eks', effect: { kind: 'error', code: 'AccessDeniedException' } });

  const error = await eksClusters(client)
    .describeCluster('dev')
    .catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(AwsError);
  expect(error).toMatchObject({
    kind: 'access-denied',
    retryable: false,
    message: 'eks:DescribeCluster on arn:aws:eks:eu-central-1:*:cluster/dev in eu-central-1 failed: AccessDeniedException',
    hint: 'allow eks:DescribeCluster on arn:aws:eks:eu-central-1:*:cluster/dev for the credentials in use',
  });
});

it('calls throttling retryable', async () => {
  sandbox.faults.add({ service: 'eks', effect: { kind: 'error', code: 'ThrottlingException', status: 429 } });

  await expect(eksClusters(client).describeCluster('dev')).rejects.toMatchObject({ kind: 'throttled', retryable: true });
});

it('ends with the reason of an aborted signal', async () => {
  const reason = new Error('stopped');
  sandbox.faults.add({ service: 'eks', effect: { kind: 'delay', ms: 2000 } });
  const controller = new AbortController();

  const pending = eksClusters(client).describeCluster('dev', { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);

  await expect(pending).rejects.toBe(reason);
});
