import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject, V1CronJob, V1Deployment, V1Namespace, V1StatefulSet } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltBundle, buildFunction } from '../../build/bundles.ts';
import { POLICY_PARAMETER_VARIABLE } from '../../functions/scale-dev-nightly/config.ts';
import type { Report } from '../../lib/platform/report.ts';
import { type SandboxWorld, startSandboxWorld } from '../../sandbox/world.ts';
import { type LambdaRuntime, startLambdaRuntime } from '../support/lambda-runtime.ts';
import { hasRuntimeClient, installRuntimeClient } from '../support/runtime-client.ts';

const selector = { matchLabels: { app: 'x' } };
const containers = [{ name: 'main', image: 'registry.example/x:1' }];
const template = { metadata: { labels: selector.matchLabels }, spec: { containers } };
const jobTemplate = { spec: { template: { spec: { containers, restartPolicy: 'Never' } } } };

const metadata = { namespace: 'shop' };
const cache: V1StatefulSet = {
  ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { ...metadata, name: 'cache' } },
  spec: { replicas: 2, serviceName: 'cache', selector, template },
};
const report: V1CronJob = {
  ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { ...metadata, name: 'report' } },
  spec: { schedule: '0 * * * *', suspend: false, jobTemplate },
};
const shop: V1Namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const objects: readonly KubernetesObject[] = [shop, aDeployment('web', 3), aDeployment('worker', 1), cache, report];

function aDeployment(name: string, replicas: number): V1Deployment {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...metadata, name }, spec: { replicas, selector, template } };
}

describe.runIf(await hasRuntimeClient())('the packaged scale-dev-nightly under the Lambda runtime client', () => {
  let client: string;
  let folder: string;
  let bundle: BuiltBundle;
  let world: SandboxWorld;
  let lambda: LambdaRuntime;

  beforeAll(async () => {
    client = await installRuntimeClient();
    folder = await mkdtemp(join(tmpdir(), 'lambda-'));
    bundle = await buildFunction('scale-dev-nightly', folder);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    world = await startSandboxWorld({ objects });
    const env = world.functionEnvironment();
    // No grace period: the workloads are as young as the sandbox.
    const policy = { gracePeriodSeconds: 0, scopes: [{ label: 'test', uptime: 'Mon-Fri 07:00-19:00 UTC' }] };
    const document = { version: 1, clusters: [{ via: 'eks', name: world.clusterName }], policy };
    world.aws.setParameter(env.NIGHTSHIFT_POLICY_PARAMETER ?? '', { value: JSON.stringify(document) });
    lambda = await startLambdaRuntime({ client, entry: bundle.entry, env });
  });

  afterEach(async () => {
    await lambda.stop();
    await world.close();
  });

  async function invoke(event: unknown): Promise<Report> {
    const result = await lambda.invoke(event);
    if (result.kind === 'error') throw new Error(`${result.error.errorType}: ${result.error.errorMessage}\n${lambda.output()}`);
    return result.body as Report;
  }

  function running(): Record<string, unknown> {
    const specs = world.kubernetes.snapshot().map((object: KubernetesObject & { spec?: { replicas?: number; suspend?: boolean } }) => {
      const value = object.kind === 'CronJob' ? object.spec?.suspend !== true : object.spec?.replicas;
      return [`${object.kind}/${object.metadata?.name}`, value] as const;
    });
    return Object.fromEntries(specs.filter(([ref]) => /^(Deployment|StatefulSet|CronJob)\//.test(ref)));
  }

  const awake = { 'Deployment/web': 3, 'Deployment/worker': 1, 'StatefulSet/cache': 2, 'CronJob/report': true };
  const asleep = { 'Deployment/web': 0, 'Deployment/worker': 0, 'StatefulSet/cache': 0, 'CronJob/report': false };

  it('plans and changes nothing', async () => {
    const plan = await invoke({ action: 'plan', at: '2026-03-30T23:00:00Z' });

    expect(plan).toMatchObject({ job: 'scale-dev-nightly', status: 'ok', counts: { observed: 4, planned: 4, changed: 0 }, remaining: 0 });
    expect(plan.summary).toBe('would change 4 of 4 workloads on 1 cluster');
    expect(running()).toEqual(awake);
  });

  it('puts a cluster to sleep and wakes it up as it was, in one warm process', async () => {
    const slept = await invoke({ action: 'sleep' });
    expect(slept).toMatchObject({ status: 'ok', counts: { changed: 4, slept: 4, failed: 0 } });
    expect(running()).toEqual(asleep);

    const woken = await invoke({ action: 'wake' });
    expect(woken).toMatchObject({ status: 'ok', counts: { changed: 4, woken: 4, failed: 0 } });
    expect(running()).toEqual(awake);
  });

  it('reconciles to the schedule for an empty event, twice without a second change', async () => {
    const atNight = { at: '2026-03-30T23:00:00Z' };

    expect((await invoke(atNight)).counts).toMatchObject({ slept: 4 });
    expect((await invoke(atNight)).counts).toMatchObject({ changed: 0, planned: 0 });
    expect(running()).toEqual(asleep);
  });

  it('restores from the ledger in S3 what a run put to sleep', async () => {
    const slept = await invoke({ action: 'sleep' });
    expect([...(world.aws.objectsIn(world.stateBucket)?.keys() ?? [])].join()).toContain(slept.runId);

    await invoke({ action: 'restore', runId: slept.runId });

    expect(running()).toEqual(awake);
  });

  it('answers an unknown event field with a clear error and changes nothing', async () => {
    const answer = await invoke({ action: 'sleep', namespace: 'shop' });

    expect(answer).toMatchObject({ status: 'failed', summary: expect.stringContaining('event.namespace: unknown field') });
    expect(running()).toEqual(awake);
  });

  it('logs its report once, as JSON, and no secret', async () => {
    const { runId } = await invoke({ action: 'sleep' });

    const lines = lambda
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line.runId === runId && 'report' in line)).toHaveLength(1);
    expect(lambda.output()).not.toMatch(/k8s-aws-v1\.|Authorization|X-Amz-Signature/i);
    expect(lambda.output()).not.toContain(world.aws.credentials.secretAccessKey);
  });

  it('lets an unreachable cluster reach the platform as an error', async () => {
    await world.kubernetes.close();

    const result = await lambda.invoke({ action: 'sleep' }, { timeoutMs: 20_000 });

    expect(result).toMatchObject({ kind: 'error', error: { errorMessage: expect.stringContaining('dev') } });
  });

  it('shows our sources in the stack of an error, in the log and in what Lambda is told', async () => {
    const cold = await startLambdaRuntime({
      client,
      entry: bundle.entry,
      env: { ...world.functionEnvironment(), [POLICY_PARAMETER_VARIABLE]: '/gone' },
    });

    const result = await cold.invoke({ action: 'sleep' });
    const output = cold.output();
    await cold.stop();

    const source = (await readFile(join(import.meta.dirname, '../../lib/aws/ssm-parameters.ts'), 'utf8')).split('\n');
    for (const trace of [output, result.kind === 'error' ? (result.error.trace ?? []).join('\n') : '']) {
      const lines = [...trace.matchAll(/at .*?\(lib\/aws\/ssm-parameters\.ts:(\d+):\d+\)/g)].map(([, row]) => source[Number(row) - 1]);
      expect(lines).toContainEqual(expect.stringContaining('new ParameterError('));
    }
    expect(output).not.toMatch(/index\.mjs:\d+:\d+/);
  });

  it('tells the platform which file a zip lacks', async () => {
    const broken = await buildFunction('scale-dev-nightly', join(folder, 'broken'));
    await rm(join(broken.folder, 'chunks'), { recursive: true });
    const cold = await startLambdaRuntime({ client, entry: broken.entry, env: world.functionEnvironment() });

    const result = await cold.invoke({ action: 'sleep' });
    await cold.stop();

    expect(result).toMatchObject({ kind: 'error', error: { errorMessage: expect.stringContaining('chunks/') } });
    expect(running()).toEqual(awake);
  });

  it('fails in INIT, and says why, when its code cannot be loaded', async () => {
    const broken = await buildFunction('scale-dev-nightly', join(folder, 'broken'));
    await appendFile(broken.entry, 'import "./chunks/gone.mjs";');

    const cold = await startLambdaRuntime({ client, entry: broken.entry });

    await expect(cold.initError).resolves.toMatchObject({ errorType: 'Error', errorMessage: expect.stringContaining('chunks/gone.mjs') });
    await cold.stop();
  });
});
