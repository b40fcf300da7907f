import { afterAll, beforeAll, beforeEach, it, vi } from 'vitest';
import { SmokeTestWorld, target } from './smoke-world.ts';

let world: SmokeTestWorld;
beforeAll(async () => { world = await SmokeTestWorld.start(); });
beforeEach(() => { for (const [n, v] of Object.entries(world.aws.env())) vi.stubEnv(n, v); });
afterAll(() => world.close());
let n = 0;
const job = (userParameters: unknown, token?: unknown, over: object = {}) => {
  const id = `22222222-abcd-1111-abcd-${String(++n).padStart(12, '0')}`;
  world.aws.addPipelineJob(id);
  return { id, event: { 'CodePipeline.job': { id, accountId: '1', data: { actionConfiguration: { configuration: { UserParameters: userParameters } }, ...(token !== undefined && { continuationToken: token }) }, ...over } } };
};
const suites = () => ({ shop: { suite: world.suite() } });
const puts = (id: string) => world.aws.requests.filter(({ operation, resource }) => /PutJob/.test(operation ?? '') && resource === id).map(({ operation, status }) => `${operation}:${status}`).join(',');
const tok = (o: object) => Buffer.from(JSON.stringify({ v: 1, runId: 'r-1', startedAt: new Date().toISOString(), step: 'prove', round: 1, state: {}, ...o })).toString('base64url');
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

it('pipeline', async () => {
  const cases: [string, unknown, unknown?, number?][] = [
    ['6MB', 'x'.repeat(6_000_000)], ['deep json', `{"suite":${'['.repeat(4000)}${']'.repeat(4000)}}`], ['number params', 7], ['array', '["shop"]'],
    ['proto name', '__proto__'], ['proto json', '{"__proto__":{"suite":"shop"}}'], ['token number', 'shop', 5], ['token empty', 'shop', ''], ['token 3000', 'shop', 'a'.repeat(3000)],
    ['token newline', 'shop', 'YWJj\n'], ['future', 'shop', tok({ startedAt: ago(-3600e3) })], ['2 days', 'shop', tok({ startedAt: ago(48 * 3600e3) })],
    ['past 30min', 'shop', tok({ startedAt: ago(31 * 60e3) })], ['bad runId', 'shop', tok({ runId: '../../x' })], ['v2', 'shop', tok({ v: 2 })], ['round 0', 'shop', tok({ round: 0 })],
    ['inline secret', '{"suite":{"version":1,"name":"x","checks":"password=hunter2hunter2"}}'], ['300ms', 'shop', undefined, 300], ['1ms', 'shop', undefined, 1],
    ['neg timeout', '{"suite":"shop","timeoutSeconds":-5}'], ['huge timeout', '{"suite":"shop","timeoutSeconds":1e9}'], ['target unknown cluster', JSON.stringify({ target: { ...target, cluster: 'nope' } })],
    ['missing workload', JSON.stringify({ target: { ...target, name: 'ghost' } })],
    ['control chars', 'sh\u0000op\u001b[31m'], ['runId given', '{"suite":"shop","runId":"mine","startedAt":5}'],
  ];
  for (const [name, p, t, remainingMs = 20_000] of cases) {
    const { id, event } = job(p, t);
    const began = Date.now();
    const r = await world.call(event, { suites: suites(), remainingMs, requestId: id });
    console.log(`${name.padEnd(22)} ${Date.now() - began}ms puts=[${puts(id)}] ${world.aws.pipelineJob(id)?.status} ${JSON.stringify(world.aws.pipelineJob(id)?.answer ?? null).slice(0, 260)} err=${r.error?.message ?? ''} leak=${/hunter2/.test(r.logged)}`);
  }
}, 120_000);

it('ecs and odd', async () => {
  const base = { executionDetails: { serviceArn: 'a' }, executionId: 'e', lifecycleStage: 'POST_SCALE_UP', resourceArn: 'arn:x' };
  const events: [string, unknown, number?][] = [
    ['ok', { ...base, hookDetails: { suite: 'shop' } }], ['no details', base], ['null details', { ...base, hookDetails: null }], ['junk text', { ...base, hookDetails: '}{' }], ['array', { ...base, hookDetails: ['shop'] }],
    ['token junk', { ...base, hookDetails: { suite: 'shop', nightshiftToken: 'zz' } }], ['token number', { ...base, hookDetails: { suite: 'shop', nightshiftToken: 4 } }], ['token future', { ...base, hookDetails: { suite: 'shop', nightshiftToken: tok({ startedAt: ago(-36e5) }) } }],
    ['stage only', { lifecycleStage: 'POST_SCALE_UP', executionId: 'e' }], ['details only', { hookDetails: { suite: 'shop' } }], ['100ms', { ...base, hookDetails: { suite: 'shop' } }, 100],
    ['null', null], ['array', []], ['string', 'x'], ['number', 4], ['undefined', undefined], ['{}', {}], ['codedeploy odd', { DeploymentId: 5, LifecycleEventHookExecutionId: 'x' }], ['job no id', { 'CodePipeline.job': {} }], ['job null', { 'CodePipeline.job': null }],
    ['eventbridge no detail', { 'detail-type': 'x', source: 'y', detail: {} }], ['eventbridge', { 'detail-type': 'x', source: 'y', detail: { suite: 'shop' } }],
  ];
  for (const [name, event, remainingMs = 20_000] of events) {
    const r = await world.call(event, { suites: suites(), remainingMs, requestId: `e${++n}` });
    console.log(`${name.padEnd(22)} -> ${JSON.stringify(r.answer ?? null)?.slice(0, 300)} err=${r.error?.name ?? ''} ${r.error?.message ?? ''}`);
  }
}, 120_000);

it('http', async () => {
  const req = (path: string, o: Record<string, unknown> = {}, token: string | undefined = 'open-sesame') => ({ version: '2.0', rawPath: path, rawQueryString: '', headers: token === undefined ? {} : { authorization: `Bearer ${token}` }, requestContext: { http: { method: 'POST', path } }, ...o });
  const cases: [string, unknown][] = [
    ['ok', req('/flagger/shop')], ['argo', req('/argo/shop')], ['bad token', req('/argo/shop', {}, 'open-sesam')], ['no token', req('/flagger/shop', { headers: {} })], ['meta token', req('/flagger/shop', { headers: {}, body: JSON.stringify({ name: 'a', metadata: { token: 'open-sesame' } }) })],
    ['header array', req('/argo/shop', { headers: { authorization: ['Bearer open-sesame'] } })], ['traversal', req('/flagger/../shop')], ['enc', req('/flagger/sh%6fp')], ['unknown suite', req('/flagger/shp')], ['bad body', req('/flagger/shop', { body: '{' })], ['bad base64', req('/flagger/shop', { body: '@@@@', isBase64Encoded: true })],
    ['5MB body', req('/flagger/shop', { body: JSON.stringify({ metadata: { version: 'v'.repeat(5_000_000) } }) })], ['digest odd', req('/flagger/shop', { body: JSON.stringify({ metadata: { digest: 'sha256:1' } }) })], ['version obj', req('/flagger/shop', { body: JSON.stringify({ metadata: { version: { a: 1 } } }) })], ['null headers', req('/flagger/shop', { headers: null })], ['empty bearer', req('/argo/shop', { headers: { authorization: 'Bearer ' } })], ['query version', req('/argo/shop', { queryStringParameters: { version: '1', token: 'zzz' } })],
  ];
  for (const [name, event] of cases) {
    const r = await world.call(event, { suites: suites(), requestId: `h${++n}` });
    console.log(`${name.padEnd(16)} -> ${JSON.stringify(r.answer ?? null)?.slice(0, 330)} err=${r.error?.message ?? ''} leak=${/open-sesam/.test(r.logged)}`);
  }
}, 120_000);

it('dynamo hangs', async () => {
  for (const operation of ['PutItem', 'UpdateItem']) {
    const { id, event } = job('shop');
    world.aws.faults.add({ service: 'dynamodb', operation, effect: { kind: 'delay', ms: 60_000 } as never, times: 50 });
    const began = Date.now();
    world.page = ({ response }) => { setTimeout(() => response.end('ok'), 4_000); };
    const r = await world.call(event, { suites: suites(), remainingMs: 14_000, requestId: id });
    world.aws.faults.clear();
    console.log(operation, Date.now() - began, 'ms', puts(id), world.aws.pipelineJob(id)?.status, JSON.stringify(r.answer), r.error?.message);
  }
}, 120_000);
