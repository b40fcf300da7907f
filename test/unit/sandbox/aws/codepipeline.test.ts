import { randomUUID } from 'node:crypto';
import { CodePipelineClient, PutJobFailureResultCommand, PutJobSuccessResultCommand } from '@aws-sdk/client-codepipeline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';

let sandbox: AwsSandbox;
let client: CodePipelineClient;
beforeAll(async () => {
  sandbox = await startAwsSandbox();
  const { endpoint, region, credentials } = sandbox;
  client = new CodePipelineClient({ endpoint, region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const nameOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error: Error) => error.name,
  );

type Success = Omit<ConstructorParameters<typeof PutJobSuccessResultCommand>[0], 'jobId'>;

it.each<[string, string, Success]>([
  ['taken', 'the longest token', { continuationToken: 't'.repeat(2048) }],
  ['ValidationException', 'a longer token', { continuationToken: 't'.repeat(2049) }],
  ['ValidationException', 'an empty token', { continuationToken: '' }],
  ['ValidationException', 'variables before the end', { continuationToken: 't', outputVariables: { A: '1' } }],
  ['ValidationException', 'a variable of an impossible name', { outputVariables: { 'a b': '1' } }],
  ['OutputVariablesSizeExceededException', 'too much in variables', { outputVariables: { A: 'x'.repeat(122_880) } }],
  ['ValidationException', 'an empty summary', { executionDetails: { summary: '' } }],
  ['ValidationException', 'a long name of the run', { executionDetails: { externalExecutionId: 'r'.repeat(1501) } }],
  ['ValidationException', 'more than all', { executionDetails: { percentComplete: 101 } }],
])('answers %s to %s', async (name, _, input) => {
  const jobId = randomUUID();
  sandbox.addPipelineJob(jobId);

  expect(await nameOf(client.send(new PutJobSuccessResultCommand({ jobId, ...input })))).toBe(name);
  expect(sandbox.pipelineJob(jobId)?.status).toBe(name === 'taken' ? 'continued' : 'in-progress');
});

it.each<[string, string, { type: 'JobFailed'; message: string; externalExecutionId?: string }]>([
  ['taken', 'the longest message', { type: 'JobFailed', message: 'm'.repeat(5000) }],
  ['ValidationException', 'a longer message', { type: 'JobFailed', message: 'm'.repeat(5001) }],
  ['ValidationException', 'no message', { type: 'JobFailed', message: '' }],
  ['ValidationException', 'a type of its own', { type: 'Failed' as 'JobFailed', message: 'm' }],
  ['ValidationException', 'an empty name of the run', { type: 'JobFailed', message: 'm', externalExecutionId: '' }],
])('answers %s to %s', async (name, _, failureDetails) => {
  const jobId = randomUUID();
  sandbox.addPipelineJob(jobId);

  expect(await nameOf(client.send(new PutJobFailureResultCommand({ jobId, failureDetails })))).toBe(name);
});

it('takes one answer for a job, and none for what is no job', async () => {
  const jobId = randomUUID();
  sandbox.addPipelineJob(jobId);
  const put = (id: string): Promise<string> => nameOf(client.send(new PutJobSuccessResultCommand({ jobId: id })));

  expect([await put(jobId), await put(jobId), await put(randomUUID()), await put('job')]).toEqual([
    'taken',
    'InvalidJobStateException',
    'JobNotFoundException',
    'ValidationException',
  ]);
});
