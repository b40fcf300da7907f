import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltBundle, buildFunction } from '../../build/bundles.ts';
import { URL_TOKEN_PARAMETER_VARIABLE } from '../../functions/post-deploy-smoke/config.ts';
import { pipelineEvent } from '../../sandbox/story/pipeline-event.ts';
import { type SandboxWorld, startSandboxWorld } from '../../sandbox/world.ts';
import { type LambdaRuntime, startLambdaRuntime } from '../support/lambda-runtime.ts';
import { hasRuntimeClient, installRuntimeClient } from '../support/runtime-client.ts';

const jobId = '11111111-1111-4111-8111-111111111111';
/** What runs in the cluster, and what is not what runs there. */
const running = { suite: 'storefront', version: '4.18.2' };
const otherBytes = { ...running, digest: `sha256:${'0'.repeat(64)}` };

describe.runIf(await hasRuntimeClient())('the packaged post-deploy-smoke under the Lambda runtime client', () => {
  let client: string;
  let folder: string;
  let bundle: BuiltBundle;
  let world: SandboxWorld;
  let lambda: LambdaRuntime;

  beforeAll(async () => {
    client = await installRuntimeClient();
    folder = await mkdtemp(join(tmpdir(), 'smoke-on-lambda-'));
    bundle = await buildFunction('post-deploy-smoke', folder);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    world = await startSandboxWorld();
    await world.kubernetes.settled();
    world.aws.setParameter('/nightshift/url-token', { value: 'a-token-of-the-url', type: 'SecureString' });
    const env = { ...world.functionEnvironment('post-deploy-smoke'), [URL_TOKEN_PARAMETER_VARIABLE]: '/nightshift/url-token' };
    lambda = await startLambdaRuntime({ client, entry: bundle.entry, env });
  });

  afterEach(async () => {
    await lambda.stop();
    await world.close();
  });

  async function invoke(event: unknown): Promise<unknown> {
    const result = await lambda.invoke(event);
    if (result.kind === 'error') throw new Error(`${result.error.errorType}: ${result.error.errorMessage}\n${lambda.output()}`);
    return result.body;
  }

  it('answers a job of CodePipeline with its result, keeps the reports and records the deploy', async () => {
    world.aws.addPipelineJob(jobId);

    expect(await invoke(pipelineEvent(jobId, running))).toEqual({ jobId, answered: 'sent' });

    expect(world.aws.pipelineJob(jobId)).toMatchObject({
      status: 'succeeded',
      answer: { executionDetails: { summary: expect.stringContaining('storefront 4.18.2 is what answers') } },
    });
    const kept = [...(world.aws.objectsIn(world.stateBucket)?.keys() ?? [])].filter((key) => key.startsWith('smoke/'));
    expect(kept.map((key) => key.split('.').at(-1)).sort()).toEqual(['html', 'json', 'xml']);
    expect(world.aws.itemsIn(world.recordsTable)).toContainEqual(expect.objectContaining({ pk: { S: 'app#storefront' } }));
  });

  it('answers a job a second time as it did the first, without another look', async () => {
    world.aws.addPipelineJob(jobId);
    await invoke(pipelineEvent(jobId, running));
    const told = world.storefront.told().length;

    expect(await invoke(pipelineEvent(jobId, running))).toEqual({ jobId, answered: 'sent' });

    expect(world.storefront.told()).toHaveLength(told);
    expect(world.aws.pipelineJob(jobId)?.status).toBe('succeeded');
  });

  it('tells CodePipeline of a mistake in its parameters', async () => {
    world.aws.addPipelineJob(jobId);

    await invoke(pipelineEvent(jobId, { suite: 'storefrnt' }));

    expect(world.aws.pipelineJob(jobId)).toMatchObject({
      status: 'failed',
      answer: { failureDetails: { type: 'ConfigurationError', message: expect.stringContaining('did you mean storefront?') } },
    });
  });

  it('answers a lifecycle hook of ECS with one of its three words', async () => {
    const hook = { lifecycleStage: 'POST_SCALE_UP', resourceArn: 'arn:aws:ecs:eu-central-1:000000000000:service-deployment/x/y/z' };

    expect(await invoke({ ...hook, hookDetails: running })).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(await invoke({ ...hook, hookDetails: otherBytes })).toEqual({ hookStatus: 'FAILED' });
  });

  it('answers the gate of Flagger by status, once it has shown the token', async () => {
    const request = (token: string) => ({
      version: '2.0',
      rawPath: '/flagger/storefront',
      headers: { 'content-type': 'application/json' },
      requestContext: { http: { method: 'POST' } },
      body: JSON.stringify({ name: 'storefront', namespace: 'shop', phase: 'Progressing', metadata: { token, version: '4.18.2' } }),
      isBase64Encoded: false,
    });

    expect(await invoke(request('a-token-of-the-url'))).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('is what answers'),
    });
    expect(await invoke(request('another'))).toMatchObject({ statusCode: 401 });
    expect(lambda.output()).not.toContain('a-token-of-the-url');
  });

  it('answers the console with a report, of a suite in the event', async () => {
    const check = {
      name: 'home page',
      http: { url: world.storefront.url },
      assert: [{ xpath: 'string(//h1)', equals: 'Welcome to the shop' }],
    };

    const report = await invoke({ suite: { version: 1, allow: ['127.0.0.1'], checks: [check] } });

    expect(report).toMatchObject({ job: 'post-deploy-smoke', status: 'ok', counts: { planned: 1, passed: 1 }, remaining: 0 });
  });

  it('tells of a cluster that cannot be reached when its time is over, and records it', async () => {
    await world.kubernetes.close();

    const report = await invoke({ ...running, timeoutSeconds: 2 });

    expect(report).toMatchObject({ status: 'failed', summary: expect.stringContaining('not in time') });
    expect(world.aws.itemsIn(world.recordsTable)).toContainEqual(expect.objectContaining({ verdict: { S: 'failed' } }));
  });

  it('lets a configuration that cannot be read reach Lambda as an error, so that it is tried again', async () => {
    const env = { ...world.functionEnvironment('post-deploy-smoke'), NIGHTSHIFT_POLICY_PARAMETER: '/gone' };
    const cold = await startLambdaRuntime({ client, entry: bundle.entry, env });

    const result = await cold.invoke(running);
    await cold.stop();

    expect(result).toMatchObject({ kind: 'error', error: { errorMessage: expect.stringContaining('/gone') } });
  });
});
