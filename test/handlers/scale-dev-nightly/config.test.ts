import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { scaleConfig } from '../../../functions/scale-dev-nightly/config.ts';
import { ssmParameters } from '../../../lib/aws/ssm-parameters.ts';
import { eksCluster } from '../../../lib/connect/eks-cluster.ts';
import { s3State } from '../../../lib/connect/s3-state.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { ParameterError } from '../../../lib/platform/parameter-error.ts';
import type { ParameterSource } from '../../../lib/platform/parameters.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { documentedPolicy } from '../../support/iam/documented-policy.ts';
import { impatientClock, invoke } from './function-world.ts';

const NAME = '/nightshift/policy';
let aws: AwsSandbox;

beforeAll(async () => {
  aws = await startAwsSandbox({ policies: [documentedPolicy({ BUCKET: [], PREFIX: '', CLUSTER: [], ROLEARN: [] })] });
  for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
});
afterEach(() => aws.faults.clear());
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

const ssm = (): ParameterSource => ssmParameters(aws.region);
const byParameter = { NIGHTSHIFT_STATE_BUCKET: 'state', NIGHTSHIFT_POLICY_PARAMETER: NAME };
const put = (document: unknown): void =>
  aws.setParameter(NAME, { value: typeof document === 'string' ? document : JSON.stringify(document) });

async function failure(env: Readonly<Record<string, string>>): Promise<Error> {
  const thrown: unknown = await scaleConfig(env, ssm()).catch((error: unknown) => error);
  if (thrown instanceof Error) return thrown;
  throw new Error('the configuration was accepted');
}

describe('the SSM parameter of the policy', () => {
  test('is read with its defaults filled in', async () => {
    put({ version: 1, clusters: [{ via: 'eks', name: 'dev' }] });

    expect(await scaleConfig(byParameter, ssm())).toMatchObject({
      clusters: [{ via: 'eks', name: 'dev' }],
      policy: { gracePeriodSeconds: 900 },
      state: { via: 's3', bucket: 'state', prefix: '' },
      concurrency: 16,
    });
  });

  test('that does not exist is named, with the region it was looked for in', async () => {
    const error = await failure({ ...byParameter, NIGHTSHIFT_POLICY_PARAMETER: '/nightshift/gone' });

    expect(error).toBeInstanceOf(ParameterError);
    expect(error.message).toBe(`parameter /nightshift/gone could not be read: it does not exist in ${aws.region}`);
  });

  test('that may not be read is thrown to the platform, with the permission to add', async () => {
    aws.faults.add({ service: 'ssm', times: 9, effect: { kind: 'error', code: 'AccessDeniedException' } });

    expect(await failure(byParameter)).toMatchObject({
      code: 'parameter',
      hint: expect.stringContaining(`allow ssm:GetParameter on ${NAME}`),
    });
  });

  test('that is no JSON is told without a word of it, for a wrong name may lead to a secret', async () => {
    put('planted secret');

    const { report, logged } = await invoke({}, { env: { ...aws.env(), ...byParameter } });

    expect(report).toMatchObject({ status: 'failed', summary: `configuration is not usable: SSM parameter ${NAME} is not JSON` });
    expect(JSON.stringify(report) + logged).not.toContain('planted');
  });

  test('has all its problems told together, and those of the environment with them', async () => {
    put({ version: 2, cluster: [], clusters: [{ via: 'eks' }, { via: 'ssh', name: 'x' }], policy: { uptime: 'always' }, concurrency: 0 });

    const error = await failure({ NIGHTSHIFT_POLICY_PARAMETER: NAME });

    expect(error).toBeInstanceOf(BadInputError);
    for (const part of [
      'NIGHTSHIFT_STATE_BUCKET is not set',
      'version',
      'clusters[0].name',
      'clusters[1].via',
      'policy.uptime: unknown field',
      'concurrency',
      'cluster: unknown field',
    ]) {
      expect(error.message).toContain(part);
    }
  });

  test('that cannot be read does not hide what is wrong beside it', async () => {
    const error = await failure({ NIGHTSHIFT_POLICY_PARAMETER: '/nightshift/gone' });

    expect(error).toBeInstanceOf(BadInputError);
    expect(error.message).toMatch(/NIGHTSHIFT_STATE_BUCKET is not set.*\/nightshift\/gone could not be read/);
  });
});

describe('a fleet whose clusters do not fit into one parameter', () => {
  const list = '/nightshift/clusters-1';

  test('is read from all the parameters that the document names', async () => {
    put({ version: 1, clusters: [{ via: 'eks', name: 'first' }], moreClusters: [list] });
    aws.setParameter(list, { value: JSON.stringify([{ via: 'eks', name: 'second' }]) });

    expect((await scaleConfig(byParameter, ssm())).clusters.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  test.each([
    ['is no JSON', 'dev', `${list} is not JSON`],
    ['is no list', '{}', `${list} is not a JSON array of clusters`],
    ['has a wrong cluster', '[{"via":"eks"}]', 'clusters[1].name'],
    ['repeats a name', '[{"via":"eks","name":"first"}]', 'first is the name of another cluster as well'],
  ])('is refused when one of them %s', async (_, value, message) => {
    put({ version: 1, clusters: [{ via: 'eks', name: 'first' }], moreClusters: [list] });
    aws.setParameter(list, { value });

    expect((await failure(byParameter)).message).toContain(message);
  });
});

describe('clusters of one name', () => {
  const clusters = [
    { via: 'eks', name: 'dev', roleArn: 'arn:aws:iam::1:role/a' },
    { via: 'eks', name: 'dev', roleArn: 'arn:aws:iam::2:role/a' },
  ];

  test('are refused, because originals are kept under it', async () => {
    put({ version: 1, clusters });

    expect((await failure(byParameter)).message).toContain('clusters[1].name: dev is the name of another cluster as well');
  });

  test('are told apart by names of their own', async () => {
    put({ version: 1, clusters: clusters.map((cluster, n) => ({ ...cluster, name: `team-${n}`, eksName: 'dev' })) });

    const config = await scaleConfig(byParameter, ssm());

    expect(config.clusters).toMatchObject([
      { name: 'team-0', eksName: 'dev' },
      { name: 'team-1', eksName: 'dev' },
    ]);
    const { unauthorizedHint } = eksCluster({ via: 'eks', name: 'team-0', eksName: 'dev' }, { clock: impatientClock, env: aws.env() });
    expect(unauthorizedHint).toContain('cluster dev;');
  });
});

describe('the AWS region', () => {
  test.each([
    ['AWS_REGION', { AWS_REGION: 'eu-west-1' }],
    ['AWS_DEFAULT_REGION', { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }],
  ])('is that of %s of the run', (_, env) => {
    expect(s3State({ via: 's3', bucket: 'b', prefix: 'p' }, env).location).toBe('s3://b/p');
  });

  test('is asked for when nobody names one', () => {
    expect(() => s3State({ via: 's3', bucket: 'b', prefix: '' }, {})).toThrow('no AWS region is known');
    expect(() => eksCluster({ via: 'eks', name: 'dev' }, { clock: impatientClock, env: {} })).toThrow('no AWS region is known');
  });
});
