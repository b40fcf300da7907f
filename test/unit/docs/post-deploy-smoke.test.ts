import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import * as config from '../../../functions/post-deploy-smoke/config.ts';
import { smokeEventSchema, targetSchema } from '../../../functions/post-deploy-smoke/event.ts';
import { policyDocumentSchema } from '../../../functions/post-deploy-smoke/policy-document.ts';
import * as commonVariables from '../../../lib/platform/environment-names.ts';
import { LOG_LEVELS } from '../../../lib/platform/log.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { ROLLOUT_KINDS } from '../../../lib/rollout/kinds.ts';
import { ecsAnswer } from '../../../lib/smoke/callers/ecs-answer.ts';
import { TOKEN_DETAIL } from '../../../lib/smoke/callers/ecs-event.ts';
import { argoAnswer, flaggerAnswer } from '../../../lib/smoke/callers/http-answer.ts';
import { pipelineAnswer } from '../../../lib/smoke/callers/pipeline-answer.ts';
import { readCall } from '../../../lib/smoke/callers/read-call.ts';
import type { Standing } from '../../../lib/smoke/callers/standing.ts';
import { judge } from '../../../lib/smoke/gate/judge.ts';
import { parseSuite } from '../../../lib/smoke/suite/parse-suite.ts';
import { EXPECTED_NAMES } from '../../../lib/smoke/suite/suite.ts';
import { SANDBOX_ACCOUNT } from '../../../sandbox/aws/identities.ts';
import { SMOKE_GROUP } from '../../../sandbox/cluster-access.ts';
import { invokePackaged } from '../../../sandbox/story/packaged-function.ts';
import { pipelineEvent } from '../../../sandbox/story/pipeline-event.ts';
import { SMOKE_ROLE, startSandboxWorld } from '../../../sandbox/world.ts';
import { documentedPolicy } from '../../support/iam/documented-policy.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(resolve(root, 'docs/post-deploy-smoke.md'), 'utf8');

/** The text of a section, its blocks included. */
function section(title: string): string {
  const [, rest = ''] = page.split(`## ${title}\n`);
  return rest.split('\n## ')[0] ?? '';
}

function wordsIn(title: string): readonly string[] {
  return [
    ...section(title)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .matchAll(/`([^`]+)`/g),
  ].map(([, word = '']) => word);
}

function blocksIn(title: string, language = ''): readonly string[] {
  return [...section(title).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
}

function standing(kind: Standing['kind']): Standing {
  const report: Report = {
    job: 'post-deploy-smoke',
    runId: 'r',
    status: 'failed',
    summary: 's',
    counts: { passed: 1, failed: 1 },
    items: [],
    remaining: 0,
  };
  return { kind, summary: 's', report };
}

describe('the page about post-deploy-smoke', () => {
  it('is linked from the first pages', () => {
    for (const from of ['README.md', 'docs/architecture.md'])
      expect(readFileSync(resolve(root, from), 'utf8')).toContain('post-deploy-smoke.md)');
  });

  it('names every environment variable, and none that is not read', () => {
    const known = [...Object.values(config), ...Object.values(commonVariables)].filter((each) => typeof each === 'string');

    expect([...new Set(page.match(/NIGHTSHIFT_\w+/g))].sort()).toEqual(known.sort());
    expect(wordsIn('Environment')).toEqual(expect.arrayContaining([...LOG_LEVELS]));
  });

  it('shows events that are accepted, with suites that are some', async () => {
    for (const line of (blocksIn('Events')[0] ?? '').trim().split('\n')) {
      const { suite } = smokeEventSchema.parse(JSON.parse(line));
      if (typeof suite === 'object') await expect(parseSuite(suite, 'shop')).resolves.toMatchObject({ name: 'shop' });
    }
  });

  it('lists every field of an event, and no other, with its limits', () => {
    const fields = [...section('Events').matchAll(/^\| ((?:`\w+`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []);
    const { timeoutSeconds } = smokeEventSchema.shape;

    expect(fields.sort()).toEqual(Object.keys(smokeEventSchema.shape).sort());
    expect(wordsIn('Events')).toEqual(
      expect.arrayContaining([...Object.keys(targetSchema.shape), ...ROLLOUT_KINDS, ...EXPECTED_NAMES.map((name) => `{{${name}}}`)]),
    );
    expect(section('Events')).toContain(`${timeoutSeconds.parse(undefined)} unless said, up to ${timeoutSeconds.unwrap().maxValue}`);
  });

  it('shows a policy document that the function takes as it is, with suites that are some', async () => {
    const [document = ''] = blocksIn('The policy document');
    const unused = { get: () => Promise.reject(new Error('unused')), secret: () => Promise.reject(new Error('unused')) };

    const { suites, allow } = await config.smokeConfig({ NIGHTSHIFT_POLICY: document }, unused);

    expect([Object.keys(suites), allow]).toEqual([['shop', 'orders'], ['127.0.0.1']]);
    await expect(parseSuite(suites.orders?.suite, 'orders')).resolves.toBeDefined();
  });

  it('explains every word of the document and of a suite in it', () => {
    const suiteWords = Object.keys(policyDocumentSchema.shape.suites.unwrap().valueType.shape);

    expect(wordsIn('The policy document')).toEqual(expect.arrayContaining(suiteWords));
    for (const word of Object.keys(policyDocumentSchema.shape)) expect(section('The policy document')).toContain(`"${word}"`);
  });

  it('names all that a report holds', () => {
    const outcome = judge({ claim: {}, warnings: [] });

    expect(wordsIn('What it writes')).toEqual(
      expect.arrayContaining(['job', 'runId', ...Object.keys(outcome), ...Object.keys(outcome.counts)]),
    );
  });
});

describe('what the page says that callers hear', () => {
  const [, , ...rows] = section('Who calls it')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const kinds = ['passed', 'waiting', 'failed', 'misconfigured', 'denied', 'unavailable'] as const;

  it.each(kinds.map((kind, index) => [kind, rows[index] ?? []] as const))('is what they hear of a proof that is %s', (kind, cells) => {
    const [, , pipeline = '', ecs = '', hook = '', flagger = '', argo = ''] = cells;
    const token = kind === 'waiting' ? 'token' : undefined;
    const told = pipelineAnswer(standing(kind), token);
    const { statusCode, body } = argoAnswer(standing(kind));

    expect(pipeline).toContain(told.kind === 'failed' ? `\`${told.type}\`` : told.kind === 'continued' ? 'continuation token' : 'success');
    expect(ecs).toBe(`\`${ecsAnswer({ kind }, {}, token).hookStatus}\``);
    expect(hook).toBe(kind === 'waiting' ? '-' : kind === 'passed' ? '`Succeeded`' : '`Failed`');
    expect(flagger).toBe(String(flaggerAnswer(standing(kind)).statusCode));
    expect(argo).toBe(statusCode === 200 ? `200, ${(JSON.parse(body) as { ok: unknown }).ok}` : String(statusCode));
  });

  it('has the variables of a pipeline and the words of a metric', () => {
    const told = pipelineAnswer(standing('passed'));

    for (const name of Object.keys((told.kind === 'succeeded' && told.variables) || {}))
      expect(section('Who calls it')).toContain(`#{namespace.${name}}`);
    expect(wordsIn('Who calls it')).toEqual(
      expect.arrayContaining([TOKEN_DETAIL, ...Object.keys(JSON.parse(argoAnswer(standing('passed')).body) as object)]),
    );
  });
});

describe('the ways of calling it that the page shows', () => {
  const [parameters = '', machine = ''] = blocksIn('Who calls it', 'json');
  const [flagger = '', argo = ''] = blocksIn('Who calls it', 'yaml');

  it('are read: UserParameters of a pipeline', () => {
    const { event, problem } = readCall(pipelineEvent('id', JSON.parse(parameters) as object));

    expect(problem).toBeUndefined();
    expect(smokeEventSchema.safeParse(event).success).toBe(true);
  });

  it('are read: the webhook of Flagger', () => {
    const { webhooks } = parse(flagger) as { webhooks: { url: string; metadata: object }[] };
    const [{ url, metadata }] = webhooks as [{ url: string; metadata: object }];
    const request = { rawPath: new URL(url).pathname, requestContext: { http: { method: 'POST' } }, body: JSON.stringify({ metadata }) };

    expect(readCall(request)).toMatchObject({
      caller: { kind: 'flagger' },
      credential: 'THE-TOKEN',
      event: { suite: 'shop', version: '2.4.1' },
    });
  });

  it('are read: the metric of Argo', () => {
    const { metrics } = parse(argo) as { metrics: [{ provider: { web: { url: string; headers: [{ key: string; value: string }] } } }] };
    const { url, headers } = metrics[0].provider.web;
    const { pathname, searchParams } = new URL(url);
    const request = {
      rawPath: pathname,
      queryStringParameters: Object.fromEntries(searchParams),
      requestContext: { http: { method: 'GET' } },
      headers: { [headers[0].key]: headers[0].value },
    };

    expect(readCall(request)).toMatchObject({
      caller: { kind: 'argo' },
      credential: '{{args.token}}',
      event: { suite: 'shop', version: '2.4.1' },
    });
  });

  it('are accepted: what the state machine sends', () => {
    const { States } = JSON.parse(machine) as { States: { Prove: { Arguments: { Payload: Record<string, unknown> } } } };
    const filled = { ...States.Prove.Arguments.Payload, runId: '0b1f6f0e-5f0e-4f0e-9f0e-1b1f6f0e5f0e', startedAt: 1_800_000_000_000 };

    expect(smokeEventSchema.safeParse(filled).success).toBe(true);
  });
});

describe('the permissions on the page', () => {
  it('are enough for a pipeline that is answered, a hook of CodeDeploy and a gate', async () => {
    const places = {
      BUCKET: 'nightshift-state',
      PREFIX: '',
      REGION: 'eu-central-1',
      ACCOUNT: SANDBOX_ACCOUNT,
      CLUSTER: 'dev',
      ROLEARN: [],
      TABLE: 'nightshift-records',
    };
    const world = await startSandboxWorld({ roles: { [SMOKE_ROLE]: { policies: [documentedPolicy(places, 'post-deploy-smoke')] } } });
    onTestFinished(() => world.close());
    const { aws } = world;
    const [jobId, deploymentId, executionId] = ['11111111-1111-4111-8111-111111111111', 'd-ABCDEF123', 'execution'];
    aws.addPipelineJob(jobId);
    aws.addLifecycleHook({ deploymentId, executionId });
    aws.setParameter('/nightshift/token', { value: 'open-sesame', type: 'SecureString' });
    await world.kubernetes.settled();
    const env = { ...world.functionEnvironment('post-deploy-smoke'), NIGHTSHIFT_URL_TOKEN_PARAMETER: '/nightshift/token' };
    const bundle = resolve(root, 'functions/post-deploy-smoke/handler.ts');
    const run = (event: object) => invokePackaged({ bundle, event, env });

    await run(pipelineEvent(jobId, { suite: 'storefront', version: '4.18.2' }));
    await run({ DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId });
    const gate = {
      rawPath: '/flagger/storefront',
      requestContext: { http: { method: 'POST' } },
      headers: { authorization: 'Bearer open-sesame' },
    };
    const opened = await run({ ...gate, queryStringParameters: { version: '4.18.2' } });

    expect(aws.pipelineJob(jobId)?.status).toBe('succeeded');
    expect(aws.lifecycleHook(executionId)?.status).toBe('Failed');
    expect(opened).toMatchObject({ statusCode: 200 });
    expect(aws.requests.flatMap(({ authorised }) => authorised.map(({ allowed }) => allowed))).not.toContain(false);
    expect(aws.requests.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['GetParameter', 'PutObject', 'GetItem', 'PutItem', 'PutJobSuccessResult', 'GetDeployment']),
    );
    expect(world.kubernetes.requests.log.filter(({ status }) => status === 401 || status === 403)).toEqual([]);
  });

  it('are those of the manifests inside a cluster', () => {
    const named = [...page.matchAll(/\]\(\.\.\/(infra\/manifests\/[\w-]+\.yaml)\)/g)].map(([, path = '']) => path);

    expect(named.sort()).toEqual(
      readdirSync(resolve(root, 'infra/manifests'))
        .filter((name) => name.startsWith('post-deploy-smoke'))
        .map((name) => `infra/manifests/${name}`)
        .sort(),
    );
    expect(page).toContain(`\`${SMOKE_GROUP}\``);
  });
});
