import { EKSClient } from '@aws-sdk/client-eks';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { assumeRole } from '../../../../lib/aws/assume-role.ts';
import { eksClusters } from '../../../../lib/aws/eks-clusters.ts';
import type { KubernetesClient } from '../../../../lib/kubernetes/client.ts';
import { eksConnection } from '../../../../lib/kubernetes/eks-connection.ts';
import { createKubernetesClient } from '../../../../lib/kubernetes/resource-client.ts';
import { systemClock } from '../../../../lib/platform/clock.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';
import { verifyEksToken } from '../../../../sandbox/aws/verify-eks-token.ts';
import { devCluster } from '../../../../sandbox/dev-cluster/dev-cluster.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../../sandbox/kubernetes/server.ts';

const role = { arn: 'arn:aws:iam::111111111111:role/nightshift-spoke', sessionName: 'nightly' };
const namespaces = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const users: string[] = [];
const clients: KubernetesClient[] = [];
let aws: AwsSandbox;
let cluster: KubernetesSandbox;

beforeAll(async () => {
  aws = await startAwsSandbox({ roles: { [role.arn]: {} } });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  cluster = await startKubernetesSandbox({
    objects: devCluster(),
    controllers: false,
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName: 'dev', lookup: aws.identityOf, now: Date.now() });
      if (!verdict.ok) return undefined;
      users.push(verdict.arn);
      return { user: verdict.arn, groups: ['system:masters'] };
    },
  });
  for (const name of ['dev', 'twin']) aws.setCluster(name, { endpoint: cluster.url, caPem: cluster.caPem });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([cluster.close(), aws.close()]);
});

function clientOf(clusterName: string): KubernetesClient {
  const { region } = aws;
  const credentials = assumeRole(role, { region, credentials: async () => aws.credentials });
  const describer = eksClusters(new EKSClient({ region, credentials, endpoint: aws.endpoint }));
  const connection = eksConnection({ clusterName, region, describer, credentials, clock: systemClock });
  const client = createKubernetesClient({ cluster: clusterName, connection, clock: systemClock });
  clients.push(client);
  return client;
}

it('reaches a cluster by its name as an assumed role', async () => {
  const names = await clientOf('dev').list(namespaces, { select: ({ metadata }) => metadata?.name });

  expect(names).toEqual(expect.arrayContaining(['shop', 'payments', 'data', 'platform-tools']));
  expect(users.at(-1)).toBe('arn:aws:sts::111111111111:assumed-role/nightshift-spoke/nightly');
});

it('is refused with a token that was signed for another cluster', async () => {
  await expect(clientOf('twin').list(namespaces, { select: ({ metadata }) => metadata?.name })).rejects.toMatchObject({
    name: 'UnauthorizedError',
  });
});

it('asked AWS for nothing but the role and the description of the cluster', () => {
  expect(new Set(aws.requests.map(({ service, operation }) => `${service}:${operation}`))).toEqual(
    new Set(['sts:AssumeRole', 'eks:DescribeCluster']),
  );
});
