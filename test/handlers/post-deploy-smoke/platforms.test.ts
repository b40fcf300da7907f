import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestOf, SmokeTestWorld, target } from './smoke-world.ts';

let world: SmokeTestWorld;
let jobs = 0;

beforeAll(async () => {
  world = await SmokeTestWorld.start();
});
beforeEach(() => {
  for (const [name, value] of Object.entries(world.aws.env())) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  world.page = ({ response }) => response.setHeader('x-version', '2.4.1').end('{"ok":true}');
});
afterAll(() => world.close());

const image = 'registry.example.com/shop/web:2.4.1';
const shop = (): Readonly<Record<string, unknown>> => ({ shop: { app: 'shop', target, suite: world.suite(), codeDeploy: ['shop'] } });
const checksOnly = (): Readonly<Record<string, unknown>> => ({ shop: { suite: world.suite() } });
const fails = (): void => {
  world.page = ({ response }) => response.writeHead(503).end('no');
};

/** An event of a new job that waits for its answer. */
function pipelineJob(parameters: string | undefined, continuationToken?: string): { readonly id: string; readonly event: object } {
  const id = `11111111-abcd-1111-abcd-${String(++jobs).padStart(12, '0')}`;
  world.aws.addPipelineJob(id);
  const configuration = { FunctionName: 'smoke', ...(parameters !== undefined && { UserParameters: parameters }) };
  const artifactCredentials = { accessKeyId: 'AKIAARTIFACT00000000', secretAccessKey: 'artifact-secret', sessionToken: 'artifact-session' };
  const data = { actionConfiguration: { configuration }, inputArtifacts: [], outputArtifacts: [], artifactCredentials };
  return { id, event: { 'CodePipeline.job': { id, accountId: '1', data: { ...data, ...(continuationToken && { continuationToken }) } } } };
}

describe('CodePipeline', () => {
  it('hears that the release is proved, with variables for later actions', async () => {
    await world.deploy(image);
    const { id, event } = pipelineJob(JSON.stringify({ suite: 'shop', version: '2.4.1', digest: digestOf(image) }));

    expect((await world.call(event, { suites: shop() })).answer).toEqual({ jobId: id, answered: 'sent' });
    expect(world.aws.pipelineJob(id)).toMatchObject({
      status: 'succeeded',
      answer: {
        executionDetails: { summary: expect.stringMatching(/^shop 2\.4\.1 is what answers/), percentComplete: 100 },
        outputVariables: { status: 'ok', runId: expect.any(String) },
      },
    });
  });

  it('hears why it is not', async () => {
    fails();
    const { id, event } = pipelineJob('shop');
    await world.call(event, { suites: checksOnly() });

    expect(world.aws.pipelineJob(id)).toMatchObject({
      status: 'failed',
      answer: {
        failureDetails: { type: 'JobFailed', message: expect.stringMatching(/suite shop is not proved: check home: status.*503/) },
      },
    });
  });

  it.each([
    ['no UserParameters', undefined, /UserParameters of the action is empty/],
    ['a suite that is not configured', 'shp', /no suite is called shp; did you mean shop\?/],
    ['an event with a field too many', '{"suite":"shop","sweet":true}', /sweet/],
  ])('hears of %s as a mistake of the configuration', async (_, parameters, message) => {
    const { id, event } = pipelineJob(parameters);
    await world.call(event, { suites: checksOnly() });

    expect(world.aws.pipelineJob(id)?.answer).toMatchObject({
      failureDetails: { type: 'ConfigurationError', message: expect.stringMatching(message) },
    });
  });

  it('hears of a token that is not ours', async () => {
    const { id, event } = pipelineJob('shop', 'bm90IG91cnM');
    await world.call(event, { suites: checksOnly() });

    expect(world.aws.pipelineJob(id)?.answer).toMatchObject({
      failureDetails: { type: 'ConfigurationError', message: expect.stringMatching(/continuation token cannot be read/) },
    });
  });

  it('hears that AWS could not be reached, and calls again', async () => {
    const { id, event } = pipelineJob('shop');
    await world.call(event, { env: { NIGHTSHIFT_POLICY_PARAMETER: '/nowhere' } });

    expect(world.aws.pipelineJob(id)).toMatchObject({ status: 'continued', answer: { continuationToken: expect.any(String) } });
  });

  it('calls again while a rollout goes on, and the proof is one run with one record', async () => {
    await world.deploy('registry.example.com/shop/web:unready-7', 1);
    const first = pipelineJob('shop');
    await world.call(first.event, { suites: shop(), remainingMs: 2_500, requestId: 'first' });
    const begun = world.aws.pipelineJob(first.id);
    const token = String(begun?.answer?.continuationToken);

    expect(begun).toMatchObject({
      status: 'continued',
      answer: { executionDetails: { summary: expect.stringMatching(/not proved yet/) } },
    });

    await world.deploy(image, 1);
    const second = pipelineJob('shop', token);
    await world.call(second.event, { suites: shop(), requestId: 'second' });
    const [runOfFirst, runOfSecond] = [begun, world.aws.pipelineJob(second.id)].map(
      (job) => (job?.answer?.executionDetails as { externalExecutionId?: string } | undefined)?.externalExecutionId,
    );

    expect(world.aws.pipelineJob(second.id)?.status).toBe('succeeded');
    expect(runOfSecond).toBe(runOfFirst);
    expect(world.records('app#shop').filter(({ runId }) => runId === runOfFirst)).toHaveLength(1);
  });

  it('is answered once, however often an event comes', async () => {
    const { id, event } = pipelineJob('shop');
    let asked = 0;
    world.page = ({ response }) => {
      asked++;
      response.end('ok');
    };
    const answers = await Promise.all([
      world.call(event, { suites: checksOnly(), requestId: 'one' }),
      world.call(event, { suites: checksOnly(), requestId: 'two' }),
    ]);
    await world.call(event, { suites: checksOnly(), requestId: 'three' });
    const taken = world.aws.requests.filter(
      ({ operation, resource, status }) => operation === 'PutJobSuccessResult' && resource === id && status === 200,
    );

    expect(answers.map(({ answer }) => (answer as { answered?: string }).answered).sort()).toEqual(['left-to-another', 'sent']);
    expect(asked).toBe(1);
    expect(taken).toHaveLength(1);
    expect(world.aws.pipelineJob(id)?.status).toBe('succeeded');
  });

  it('hears the same answer again when it was not confirmed, and nothing is asked a second time', async () => {
    const { id, event } = pipelineJob('shop');
    let asked = 0;
    world.page = ({ response }) => {
      asked++;
      response.end('ok');
    };
    world.aws.faults.add({
      service: 'codepipeline',
      operation: 'PutJobSuccessResult',
      effect: { kind: 'error', code: 'ServiceUnavailable' },
      times: 50,
    });
    const first = await world.call(event, { suites: checksOnly(), remainingMs: 12_000, requestId: 'retried' });
    world.aws.faults.clear();
    const second = await world.call(event, { suites: checksOnly(), requestId: 'retried' });

    expect(first.error).toBeDefined();
    expect(second.answer).toEqual({ jobId: id, answered: 'sent' });
    expect(asked).toBe(1);
    expect(world.aws.pipelineJob(id)?.status).toBe('succeeded');
  });

  it('is answered also where there is no table', async () => {
    const { id, event } = pipelineJob('shop');
    await world.call(event, { suites: checksOnly(), env: { NIGHTSHIFT_RECORDS_TABLE: 'gone' } });

    expect(world.aws.pipelineJob(id)?.status).toBe('succeeded');
  });

  it('lets no credential of its artifacts into the log', async () => {
    const { event } = pipelineJob('shop');
    const { logged } = await world.call(event, { suites: checksOnly() });

    expect(logged).toContain('run finished');
    expect(logged).not.toMatch(/AKIAARTIFACT|artifact-secret|artifact-session/);
  });
});

describe('CodeDeploy', () => {
  let hooks = 0;
  const hook = (group = 'shop/prod'): { readonly executionId: string; readonly event: object } => {
    const executionId = `${'eyJ'.repeat(40)}${++hooks}`;
    const deploymentId = `d-ABCDEF${String(hooks).padStart(3, '0')}`;
    world.aws.addLifecycleHook({ deploymentId, executionId, group });
    return { executionId, event: { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } };
  };

  it('hears that the suite of its application passed', async () => {
    const { executionId, event } = hook();
    await world.call(event, { suites: { shop: { suite: world.suite(), codeDeploy: ['shop'] } } });

    expect(world.aws.lifecycleHook(executionId)?.status).toBe('Succeeded');
  });

  it.each([
    ['the suite fails', 'shop/prod', true],
    ['no suite belongs to its application', 'basket/prod', false],
  ])('hears that it failed when %s', async (_, group, broken) => {
    if (broken) fails();
    const { executionId, event } = hook(group);
    await world.call(event, { suites: { shop: { suite: world.suite(), codeDeploy: ['shop'] } } });

    expect(world.aws.lifecycleHook(executionId)?.status).toBe('Failed');
  });
});

describe('ECS', () => {
  const event = (hookDetails: unknown): object => ({
    executionId: 'e1',
    lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    resourceArn: 'arn:aws:ecs:eu-central-1:1:service-deployment/shop/web/x',
    executionDetails: {},
    hookDetails,
  });

  it('goes on when the suite passes', async () => {
    expect((await world.call(event({ suite: 'shop' }), { suites: checksOnly() })).answer).toEqual({ hookStatus: 'SUCCEEDED' });
  });

  it('rolls back when it fails, and when nothing can be read', async () => {
    fails();

    expect((await world.call(event({ suite: 'shop' }), { suites: checksOnly() })).answer).toEqual({ hookStatus: 'FAILED' });
    expect((await world.call(event(undefined), { suites: checksOnly() })).answer).toEqual({ hookStatus: 'FAILED' });
  });

  it('calls again while a rollout goes on, with what it was given and where it was', async () => {
    await world.deploy('registry.example.com/shop/web:unready-8', 1);
    const { answer } = await world.call(event({ suite: 'shop', version: '2.4.1' }), { suites: shop(), remainingMs: 2_000 });

    expect(answer).toEqual({
      hookStatus: 'IN_PROGRESS',
      callBackDelay: 5,
      hookDetails: { suite: 'shop', version: '2.4.1', nightshiftToken: expect.any(String) },
    });

    await world.deploy(image, 1);
    const { hookDetails } = answer as { hookDetails: object };

    expect((await world.call(event(hookDetails), { suites: shop() })).answer).toEqual({ hookStatus: 'SUCCEEDED' });
  });
});

describe("the function's URL", () => {
  const request = (rawPath: string, more: object = {}): object => ({
    version: '2.0',
    rawPath,
    headers: { authorization: 'Bearer open-sesame' },
    requestContext: { http: { method: 'POST' } },
    ...more,
  });

  it('opens the gate of Flagger and measures for Argo', async () => {
    const [flagger, argo] = await Promise.all(
      ['/flagger/shop', '/argo/shop'].map(async (path) => (await world.call(request(path), { suites: checksOnly() })).answer),
    );

    expect(flagger).toMatchObject({ statusCode: 200 });
    expect(argo).toMatchObject({ statusCode: 200, body: expect.stringContaining('"ok":true') });
  });

  it('keeps the gate closed with the reason, and tells Argo of a failure in a 200', async () => {
    fails();
    const flagger = (await world.call(request('/flagger/shop'), { suites: checksOnly() })).answer;
    const argo = (await world.call(request('/argo/shop'), { suites: checksOnly() })).answer;

    expect(flagger).toMatchObject({ statusCode: 409, body: expect.stringMatching(/check home: status/) });
    expect(argo).toMatchObject({ statusCode: 200, body: expect.stringContaining('"ok":false') });
  });

  it.each([
    ['no token', { headers: {} }],
    ['another token', { headers: { authorization: 'Bearer close-sesame' } }],
    ['an empty token', { headers: { authorization: 'Bearer ' } }],
  ])('lets nobody in with %s', async (_, more) => {
    const requests = world.aws.requests.length;
    const { answer } = await world.call(request('/flagger/shop', more), { suites: checksOnly() });

    expect(answer).toMatchObject({ statusCode: 401 });
    expect(world.aws.requests.slice(requests).map(({ operation }) => operation)).not.toContain('PutObject');
  });

  it('lets nobody in where no token is configured', async () => {
    const { answer } = await world.call(request('/argo/shop'), { suites: checksOnly(), env: { NIGHTSHIFT_URL_TOKEN_PARAMETER: '' } });

    expect(answer).toMatchObject({ statusCode: 401 });
  });

  it('answers within the time that there is, whatever the server does', async () => {
    world.page = () => new Promise(() => {});
    const suites = { shop: { suite: world.suite({ deadline: '60s' }, { timeout: '50s' }) } };
    const { answer } = await world.call(request('/flagger/shop'), { suites, remainingMs: 3_000 });

    expect(answer).toMatchObject({ statusCode: 409 });
  });
});
