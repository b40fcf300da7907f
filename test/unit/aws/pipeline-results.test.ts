import { randomUUID } from 'node:crypto';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeDeployResults } from '../../../lib/aws/codedeploy-results.ts';
import { codePipelineResults } from '../../../lib/aws/codepipeline-results.ts';
import type { JobResult, JobResults } from '../../../lib/pipelines/codepipeline/job-result.ts';
import { sendResult } from '../../../lib/pipelines/results/send-result.ts';
import type { Clock } from '../../../lib/platform/clock.ts';
import type { PolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';

const clock: Clock = { now: () => 0, sleep: async () => {} };
const closers: (() => unknown)[] = [];
let sandbox: AwsSandbox;
let jobId: string;

async function start(policies?: readonly PolicyDocument[]): Promise<void> {
  sandbox = await startAwsSandbox(policies ? { policies } : {});
  closers.push(() => sandbox.close());
  sandbox.addPipelineJob(jobId);
}
function jobs(requestTimeout = 5_000): JobResults {
  const { endpoint, region, credentials } = sandbox;
  const requestHandler = { requestTimeout, throwOnRequestTimeout: true };
  const client = new CodePipelineClient({ endpoint, region, credentials, maxAttempts: 1, requestHandler });
  closers.push(() => client.destroy());
  return codePipelineResults(region, client);
}
beforeEach(() => {
  jobId = randomUUID();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const succeeded: JobResult = {
  kind: 'succeeded',
  summary: '4 checks passed',
  externalExecutionId: 'run-1',
  variables: { VERSION: '2.4.1' },
};
const failed: JobResult = { kind: 'failed', type: 'JobFailed', message: 'check login failed', externalExecutionId: 'run-1' };

describe('codePipelineResults', () => {
  it.each<[JobResult, object]>([
    [
      succeeded,
      {
        status: 'succeeded',
        answer: {
          executionDetails: { summary: '4 checks passed', externalExecutionId: 'run-1', percentComplete: 100 },
          outputVariables: { VERSION: '2.4.1' },
        },
      },
    ],
    [
      { kind: 'continued', token: 'abc', summary: 'rolling out', percentComplete: 40 },
      { status: 'continued', answer: { executionDetails: { summary: 'rolling out', percentComplete: 40 }, continuationToken: 'abc' } },
    ],
    [
      failed,
      {
        status: 'failed',
        answer: { failureDetails: { type: 'JobFailed', message: 'check login failed', externalExecutionId: 'run-1' } },
      },
    ],
  ])('sends %j as the API takes it', async (result, job) => {
    await start();

    await jobs().put(jobId, result);

    expect(sandbox.pipelineJob(jobId)).toEqual({ id: jobId, ...job });
  });

  it('is told of a job that nobody knows, and of one that was answered', async () => {
    await start();
    const results = jobs();
    await results.put(jobId, succeeded);

    await expect(results.put(jobId, failed)).rejects.toMatchObject({ trouble: 'answered', arrived: 'no', retryable: false });
    await expect(results.put(randomUUID(), failed)).rejects.toMatchObject({ trouble: 'unknown', arrived: 'no', retryable: false });
    await expect(results.put('no job', failed)).rejects.toMatchObject({ trouble: 'refused', arrived: 'no' });
    expect(sandbox.pipelineJob(jobId)?.status).toBe('succeeded');
  });

  it.each(['before', 'after'] as const)('sends one answer once when the connection is cut %s the work', async (when) => {
    await start();
    sandbox.faults.add({ service: 'codepipeline', effect: { kind: 'drop', when } });
    const results = jobs();

    expect(await sendResult((signal) => results.put(jobId, succeeded, signal), { clock })).toBe('taken');
    expect(sandbox.pipelineJob(jobId)?.status).toBe('succeeded');
  });

  it.each<[string, object, 'no' | 'maybe']>([
    ['throttling', { kind: 'error', code: 'ThrottlingException' }, 'no'],
    ['an error inside', { kind: 'error', code: 'InternalServerError' }, 'maybe'],
    ['a cut connection', { kind: 'drop', when: 'after' }, 'maybe'],
    ['silence', { kind: 'delay', ms: 400 }, 'maybe'],
  ])('knows after %s whether the answer may have arrived', async (_, effect, arrived) => {
    await start();
    sandbox.faults.add({ service: 'codepipeline', effect: effect as never });

    await expect(jobs(100).put(jobId, succeeded)).rejects.toMatchObject({ trouble: 'unavailable', arrived, retryable: true });
  });

  it('knows that nothing arrived where nobody listens', async () => {
    const client = new CodePipelineClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });

    await expect(codePipelineResults('eu-central-1', client).put(jobId, failed)).rejects.toMatchObject({ arrived: 'no', retryable: true });
  });

  it('names the permission that is missing', async () => {
    const Statement = { Effect: 'Allow', Action: 'codepipeline:PutJobSuccessResult', Resource: '*' } as const;
    await start([{ Version: '2012-10-17', Statement }]);
    const results = jobs();

    await expect(results.put(jobId, failed)).rejects.toMatchObject({
      trouble: 'denied',
      arrived: 'no',
      hint: 'allow codepipeline:PutJobFailureResult on * for the credentials in use',
    });
    await expect(results.put(jobId, succeeded)).resolves.toBeUndefined();
  });

  it('holds back what CodePipeline would not take', async () => {
    await start();

    await expect(jobs().put(jobId, { kind: 'continued', token: 't'.repeat(2049) })).rejects.toMatchObject({ code: 'bad_input' });
    expect(sandbox.requests).toEqual([]);
  });
});

describe('codeDeployResults', () => {
  const hook = { deploymentId: 'd-ABCDEF123', executionId: 'eyJlbmNyeXB0ZWREYXRhIjoi' };

  it('answers a hook once', async () => {
    await start();
    sandbox.addLifecycleHook(hook);
    const { endpoint, region, credentials } = sandbox;
    const client = new CodeDeployClient({ endpoint, region, credentials, maxAttempts: 1 });
    closers.push(() => client.destroy());
    const results = codeDeployResults(region, client);

    await results.put(hook, 'Succeeded');

    expect(sandbox.lifecycleHook(hook.executionId)?.status).toBe('Succeeded');
    await expect(results.put(hook, 'Failed')).rejects.toMatchObject({ trouble: 'answered', arrived: 'no' });
    await expect(results.put({ ...hook, executionId: 'other' }, 'Failed')).rejects.toMatchObject({ trouble: 'unknown' });
    await expect(results.put({ ...hook, deploymentId: 'd-000000000' }, 'Failed')).rejects.toMatchObject({ trouble: 'unknown' });
    await expect(results.put({ ...hook, deploymentId: 'x' }, 'Failed')).rejects.toMatchObject({ trouble: 'refused' });
    expect(sandbox.lifecycleHook(hook.executionId)?.status).toBe('Succeeded');
  });

  it('needs the permission on the deployment group', async () => {
    const Resource = 'arn:aws:codedeploy:eu-central-1:000000000000:deploymentgroup:shop/*';
    const Statement = { Effect: 'Allow', Action: 'codedeploy:PutLifecycleEventHookExecutionStatus', Resource } as const;
    await start([{ Version: '2012-10-17', Statement }]);
    sandbox.addLifecycleHook({ ...hook, group: 'shop/prod' });
    sandbox.addLifecycleHook({ deploymentId: 'd-OTHER0000', executionId: 'e2', group: 'other/prod' });
    const { endpoint, region, credentials } = sandbox;
    const client = new CodeDeployClient({ endpoint, region, credentials, maxAttempts: 1 });
    closers.push(() => client.destroy());
    const results = codeDeployResults(region, client);

    await expect(results.put(hook, 'Failed')).resolves.toBeUndefined();
    await expect(results.put({ deploymentId: 'd-OTHER0000', executionId: 'e2' }, 'Failed')).rejects.toMatchObject({ trouble: 'denied' });
  });
});
