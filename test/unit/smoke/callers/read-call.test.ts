import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCall } from '../../../../lib/smoke/callers/read-call.ts';

function pipelineJob(configuration: object, more: object = {}): object {
  return {
    'CodePipeline.job': {
      id: '11111111-abcd-1111-abcd-111111abcdef',
      accountId: '111122223333',
      data: {
        actionConfiguration: { configuration: { FunctionName: 'nightshift-dev-post-deploy-smoke', ...configuration } },
        inputArtifacts: [],
        outputArtifacts: [],
        artifactCredentials: { accessKeyId: 'AKIAEXAMPLEEXAMPLE12', secretAccessKey: 'wJalr', sessionToken: 'IQoJ' },
        ...more,
      },
    },
  };
}

const url = (rawPath: string, more: object = {}): object => ({
  version: '2.0',
  rawPath,
  headers: { authorization: 'Bearer open-sesame' },
  requestContext: { http: { method: 'POST', path: rawPath } },
  isBase64Encoded: false,
  ...more,
});

describe('a call of CodePipeline', () => {
  const caller = { kind: 'code-pipeline', jobId: '11111111-abcd-1111-abcd-111111abcdef' };

  it('names a suite in UserParameters', () => {
    expect(readCall(pipelineJob({ UserParameters: ' shop ' }))).toEqual({ caller, event: { suite: 'shop', inSteps: true } });
  });

  it('may give the event as JSON', () => {
    const call = readCall(pipelineJob({ UserParameters: '{"suite":"shop","version":"2.4.1"}' }));

    expect(call).toEqual({ caller, event: { suite: 'shop', version: '2.4.1', inSteps: true } });
  });

  it('brings back the token of the call before', () => {
    const call = readCall(pipelineJob({ UserParameters: 'shop' }, { continuationToken: 'abc' }));

    expect(call.token).toBe('abc');
  });

  it.each([
    ['no UserParameters', {}, /^UserParameters of the action is empty/],
    ['broken JSON', { UserParameters: '{"suite":' }, /neither the name of a suite nor JSON/],
    ['a list', { UserParameters: '{"a":1}'.replace('{"a":1}', '{ }x') }, /neither the name/],
    ['a book', { UserParameters: 'x'.repeat(10_001) }, /longer than 10000/],
  ])('has a problem and still a job to answer with %s', (_, configuration, problem) => {
    const call = readCall(pipelineJob(configuration));

    expect(call.caller).toEqual(caller);
    expect(call.problem).toMatch(problem);
  });

  it('never carries the credentials of its artifacts on', () => {
    expect(JSON.stringify(readCall(pipelineJob({ UserParameters: 'shop' })))).not.toMatch(/AKIA|wJalr|IQoJ/);
  });

  it('cannot be answered without an id', () => {
    expect(readCall({ 'CodePipeline.job': { data: {} } }).problem).toMatch(/has no id/);
  });
});

describe('a call of CodeDeploy', () => {
  it('names a deployment, whose application will name the suite', () => {
    const call = readCall({ DeploymentId: 'd-ABCDEF', LifecycleEventHookExecutionId: 'eyJl' });

    expect(call).toEqual({
      caller: { kind: 'code-deploy', deploymentId: 'd-ABCDEF', executionId: 'eyJl' },
      event: { codeDeployment: 'd-ABCDEF' },
    });
  });
});

describe('a call of ECS', () => {
  const hook = (hookDetails: unknown): object => ({
    executionDetails: {},
    executionId: 'a1b2',
    lifecycleStage: 'POST_TEST_TRAFFIC_SHIFT',
    resourceArn: 'arn:aws:ecs:eu-central-1:111122223333:service-deployment/shop/web/a1b2',
    hookDetails,
  });

  it('has the event in its details, and our token among them', () => {
    const call = readCall(hook({ suite: 'shop', nightshiftToken: 'abc' }));

    expect(call).toEqual({ caller: { kind: 'ecs', details: { suite: 'shop' } }, event: { suite: 'shop', inSteps: true }, token: 'abc' });
  });

  it('may have them as text', () => {
    expect(readCall(hook('{"suite":"shop"}'))).toMatchObject({ event: { suite: 'shop' } });
  });

  it.each([undefined, null, 3, []])('with the details %j has a problem', (details) => {
    expect(readCall(hook(details)).problem).toMatch(/name no suite/);
  });

  it.each([{ lifecycleStage: 'POST_SCALE_UP' }, { hookDetails: { suite: 'shop' } }, { executionDetails: {} }])(
    'is known by %j alone, because any other answer would roll back',
    (event) => {
      expect(readCall(event).caller.kind).toBe('ecs');
    },
  );
});

describe("a call to the function's URL", () => {
  it('of Flagger names the suite in its path, and may say version and digest in its metadata', () => {
    const body = { name: 'web', namespace: 'shop', phase: 'Progressing', checksum: '85d5', metadata: { version: '2.4.1', other: 'x' } };
    const call = readCall(url('/flagger/shop', { body: JSON.stringify(body) }));

    expect(call).toEqual({ caller: { kind: 'flagger' }, event: { suite: 'shop', version: '2.4.1' }, credential: 'open-sesame' });
  });

  it('of Flagger may bring its token in the metadata, since it sends no headers', () => {
    const body = Buffer.from(JSON.stringify({ metadata: { token: 'open-sesame' } })).toString('base64');
    const call = readCall(url('/flagger/shop', { headers: {}, body, isBase64Encoded: true }));

    expect(call.credential).toBe('open-sesame');
    expect(JSON.stringify(call.event)).not.toContain('sesame');
  });

  it('of Argo asks with a query', () => {
    const call = readCall(url('/argo/shop', { queryStringParameters: { version: '2.4.1' }, requestContext: { http: { method: 'GET' } } }));

    expect(call).toMatchObject({ caller: { kind: 'argo' }, event: { suite: 'shop', version: '2.4.1' } });
  });

  it('says what is no text all the same, so that the job refuses it', () => {
    const call = readCall(url('/flagger/shop', { body: JSON.stringify({ metadata: { version: 241, digest: null, app: '' } }) }));

    expect(call.event).toEqual({ suite: 'shop', version: 241 });
  });

  it.each(['/', '/flagger', '/flagger/', '/flagger/a/b', '/argo/%2e%2e', '/favicon.ico'])('at %s reaches nothing', (path) => {
    expect(readCall(url(path))).toEqual({ caller: { kind: 'stray-http' }, event: {} });
  });

  it('with a body that is no JSON object has a problem', () => {
    expect(readCall(url('/flagger/shop', { body: '[1]' })).problem).toMatch(/no JSON object/);
  });
});

describe('a call of EventBridge', () => {
  const event = { version: '0', id: '1', 'detail-type': 'Release', source: 'shop.releases' };

  it('has the event in its detail', () => {
    expect(readCall({ ...event, detail: { suite: 'shop' } })).toEqual({ caller: { kind: 'plain' }, event: { suite: 'shop', runId: '1' } });
  });

  it('without a suite in it has a problem', () => {
    expect(readCall({ ...event, detail: { state: 'SUCCESS' } }).problem).toMatch(/names no suite/);
  });
});

describe('any other event', () => {
  it("is the job's own", () => {
    expect(readCall({ suite: 'shop' })).toEqual({ caller: { kind: 'plain' }, event: { suite: 'shop' } });
  });

  it('is read without a throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('CodePipeline.job', 'DeploymentId', 'hookDetails', 'rawPath', 'detail'), (value, key) => {
        expect(readCall(value).caller.kind).toBeTypeOf('string');
        expect(readCall({ [key]: value, lifecycleStage: 'x', requestContext: value }).caller.kind).toBeTypeOf('string');
      }),
    );
  });
});
