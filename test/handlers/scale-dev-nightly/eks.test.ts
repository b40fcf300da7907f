import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { verifyEksToken } from '../../../sandbox/aws/verify-eks-token.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { describeIn, documentedPolicy } from '../../support/iam/documented-policy.ts';
import { aDeployment } from '../../support/workloads.ts';
import { type Invocation, invoke } from './function-world.ts';

const ROLE = 'arn:aws:iam::123456789012:role/night';
let aws: AwsSandbox;
let cluster: KubernetesSandbox;
let verdicts: string[];

beforeAll(async () => {
  const clusters = ['dev', 'Dev', 'young', 'nowhere'];
  aws = await startAwsSandbox({
    buckets: ['state'],
    policies: [documentedPolicy({ BUCKET: 'state', PREFIX: '', CLUSTER: clusters, ROLEARN: ROLE })],
    roles: { [ROLE]: { externalId: 'team-7', policies: [describeIn(ROLE, 'dev')] } },
  });
  cluster = await startKubernetesSandbox({
    controllers: false,
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName: 'dev', lookup: aws.identityOf, now: Date.now() });
      verdicts.push(verdict.ok ? verdict.arn : verdict.reason);
      return verdict.ok ? { user: verdict.arn, groups: ['system:masters'] } : undefined;
    },
  });
  aws.setCluster('dev', { endpoint: cluster.url, caPem: cluster.caPem });
  aws.setCluster('Dev', { endpoint: cluster.url, caPem: cluster.caPem });
  aws.setCluster('young', { endpoint: '', caPem: '', status: 'CREATING' });
});
beforeEach(() => {
  verdicts = [];
  for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
  cluster.byHand.put(aDeployment({ name: 'web', size: 3 }));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await cluster.close();
  await aws.close();
});

const policy = (...clusters: readonly object[]): string => JSON.stringify({ version: 1, clusters, policy: { gracePeriodSeconds: 0 } });
const onEks = (event: unknown, ...clusters: readonly object[]): Promise<Invocation> =>
  invoke(event, { env: { ...aws.env(), NIGHTSHIFT_STATE_BUCKET: 'state', NIGHTSHIFT_POLICY: policy(...clusters) } });
const size = (): number | undefined =>
  (cluster.byHand.get('apps/v1', 'Deployment', 'dev', 'web') as { spec?: { replicas?: number } }).spec?.replicas;

describe('a cluster by its EKS name', () => {
  test('is described, signed for, and put to sleep', async () => {
    const { report, logged } = await onEks({ action: 'sleep' }, { via: 'eks', name: 'dev' });

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1 } });
    expect(logged).toMatch(/"message":"aws request".*"call":"EKS:DescribeCluster"/);
    expect(logged).toMatch(/"message":"kubernetes request".*"verb":"patch"/);
    expect(size()).toBe(0);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.every((verdict) => verdict.startsWith('arn:aws:iam::') && verdict.endsWith(':user/nightshift'))).toBe(true);
  });

  test('in another account is reached with its role', async () => {
    const { report } = await onEks({ action: 'sleep' }, { via: 'eks', name: 'dev', roleArn: ROLE, externalId: 'team-7' });

    expect(report?.status).toBe('ok');
    expect(verdicts[0]).toContain('night');
  });

  test.each([
    ['that nobody knows', 'nowhere', 'no such cluster'],
    ['with a name of 300 characters', 'x'.repeat(300), 'no EKS cluster name'],
    ['that is still being created', 'young', 'CREATING'],
    ['whose name differs in case from the one that its server answers to', 'Dev', '401'],
  ])('%s fails alone, with a hint', async (_, name, why) => {
    const { report } = await onEks({ action: 'sleep' }, { via: 'eks', name }, { via: 'eks', name: 'dev' });

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, failed: 1 } });
    expect(report?.items.find(({ ref }) => ref === name)).toMatchObject({ reason: expect.stringContaining(why), hint: expect.any(String) });
    expect(size()).toBe(0);
  });

  test('whose role may not be assumed fails alone', async () => {
    const { report } = await onEks(
      { action: 'sleep' },
      { via: 'eks', name: 'elsewhere', eksName: 'dev', roleArn: ROLE, externalId: 'wrong' },
      { via: 'eks', name: 'dev' },
    );

    expect(report).toMatchObject({ status: 'degraded', counts: { slept: 1, failed: 1 } });
    expect(report?.items.find(({ ref }) => ref === 'elsewhere')).toMatchObject({
      reason: expect.stringContaining(`sts:AssumeRole on ${ROLE} in ${aws.env().AWS_REGION} failed: AccessDenied`),
      hint: expect.stringContaining(`allow sts:AssumeRole on ${ROLE}`),
    });
  });
});

describe('the configuration of the function', () => {
  test('is read from an SSM parameter', async () => {
    aws.setParameter('/nightshift/policy', { value: policy({ via: 'eks', name: 'dev' }) });

    const { report } = await invoke(
      { action: 'sleep' },
      { env: { ...aws.env(), NIGHTSHIFT_STATE_BUCKET: 'state', NIGHTSHIFT_POLICY_PARAMETER: '/nightshift/policy' } },
    );

    expect(report).toMatchObject({ status: 'ok', counts: { slept: 1 } });
  });

  test.each([
    ['no bucket', { NIGHTSHIFT_POLICY: '{}' }, /NIGHTSHIFT_STATE_BUCKET is not set/],
    ['no policy', { NIGHTSHIFT_STATE_BUCKET: 'state' }, /no policy is given/],
    ['a policy that is no JSON', { NIGHTSHIFT_STATE_BUCKET: 'state', NIGHTSHIFT_POLICY: 'uptime: always' }, /is not JSON/],
    [
      'several mistakes, told together',
      {
        NIGHTSHIFT_STATE_BUCKET: 'state',
        NIGHTSHIFT_POLICY: '{"version":1,"clusters":[],"policy":{"gracePeriod":5,"excludeNames":["("]}}',
      },
      /clusters.*policy.*excludeNames|excludeNames.*clusters/,
    ],
  ])('%s is answered with what to correct', async (_, env, why) => {
    const { report } = await invoke({ action: 'sleep' }, { env });

    expect(report).toMatchObject({ status: 'failed', summary: expect.stringMatching(why) });
    expect(size()).toBe(3);
  });

  test('of the deployed handler comes from its environment', async () => {
    vi.stubEnv('NIGHTSHIFT_STATE_BUCKET', 'state');
    vi.stubEnv('NIGHTSHIFT_POLICY', policy({ via: 'eks', name: 'dev' }));
    vi.stubEnv('NIGHTSHIFT_LOG_LEVEL', 'silent');

    const { handler } = await import('../../../functions/scale-dev-nightly/handler.ts');
    const report = await handler({ action: 'plan' }, { getRemainingTimeInMillis: () => 30_000 });

    expect(report).toMatchObject({ job: 'scale-dev-nightly', status: 'ok', counts: { observed: 1 } });
  });
});

describe('secrets', () => {
  test('stand in no line of the log and no report, whatever goes wrong', async () => {
    const runs = [
      await onEks({ action: 'sleep' }, { via: 'eks', name: 'dev', roleArn: ROLE, externalId: 'team-7' }),
      await onEks({ action: 'sleep' }, { via: 'eks', name: 'Dev' }),
      await onEks({ action: 'sleep' }, { via: 'eks', name: 'dev', roleArn: ROLE, externalId: 'wrong' }),
      await onEks({ token: aws.credentials.secretAccessKey }, { via: 'eks', name: 'dev' }),
    ];
    const said = runs
      .map(({ report, error, logged }) => [JSON.stringify(report), String(error), error?.stack, logged].join('\n'))
      .join('\n');

    expect(said.length).toBeGreaterThan(1_000);
    expect(said).not.toContain(aws.credentials.secretAccessKey);
    expect(said).not.toContain(aws.credentials.accessKeyId);
    expect(said).not.toMatch(/k8s-aws-v1\.\w/);
    expect(said).not.toMatch(/X-Amz-Signature=\w/i);
    expect(said).not.toMatch(/Bearer \w/);
    expect(said).not.toContain('BEGIN');
  });
});
