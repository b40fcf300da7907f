import { describe, expect, it } from 'vitest';
import { ForbiddenError } from '../../../../lib/kubernetes/errors.ts';
import { BadInputError, DeadlineError } from '../../../../lib/platform/errors.ts';
import type { Report } from '../../../../lib/platform/report.ts';
import { ecsAnswer } from '../../../../lib/smoke/callers/ecs-answer.ts';
import { argoAnswer, flaggerAnswer, refusal } from '../../../../lib/smoke/callers/http-answer.ts';
import { type Standing, standingOf } from '../../../../lib/smoke/callers/standing.ts';

const report: Report = {
  job: 'post-deploy-smoke',
  runId: 'r1',
  status: 'ok',
  summary: 'shop 2.4.1 is what answers',
  counts: { passed: 3, failed: 0 },
  items: [],
  remaining: 0,
};
const standing = (kind: Standing['kind']): Standing => ({ kind, summary: 'why', report });

describe('how a run stands', () => {
  it.each([
    ['passed', { report }],
    ['passed', { report: { ...report, status: 'degraded' as const } }],
    ['failed', { report: { ...report, status: 'failed' as const } }],
    ['waiting', { report: { ...report, status: 'degraded' as const, remaining: 1 } }],
    ['misconfigured', { report, error: new BadInputError('no suite is called shp') }],
    ['waiting', { report, error: new DeadlineError('the run stopped') }],
    [
      'denied',
      { report, error: new ForbiddenError('listing pods failed: forbidden', { cluster: 'dev', operation: 'list', status: 403 } as never) },
    ],
    ['unavailable', { report, error: new TypeError('fetch failed') }],
  ] as const)('is %s', (kind, result) => {
    expect(standingOf(result).kind).toBe(kind);
  });

  it('says what to do, and no secret', () => {
    const error = new BadInputError('x', { hint: 'set password=hunter2hunter2' });

    expect(standingOf({ report, error }).summary).toBe('shop 2.4.1 is what answers; set password=[redacted]');
  });
});

describe("Flagger's gate", () => {
  it.each([
    ['passed', 200],
    ['waiting', 425],
    ['failed', 409],
    ['misconfigured', 400],
    ['denied', 403],
    ['unavailable', 503],
  ] as const)('is answered %s with %i', (kind, statusCode) => {
    expect(flaggerAnswer(standing(kind))).toMatchObject({ statusCode, body: 'why' });
  });

  it('opens with 200 and nothing else, and is asked again only for what may pass by itself', () => {
    const codes = (['waiting', 'failed', 'misconfigured', 'denied'] as const).map((kind) => flaggerAnswer(standing(kind)).statusCode);

    for (const code of codes) expect(code >= 400 && code < 500 && code !== 429, `${code}`).toBe(true);
  });
});

describe("Argo's web metric", () => {
  it.each([
    ['passed', true],
    ['failed', false],
    ['waiting', null],
  ] as const)('hears that the proof %s as a 200', (kind, ok) => {
    const { statusCode, body } = argoAnswer(standing(kind));

    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ ok, phase: kind, successPercent: 1, runId: 'r1' });
  });

  it.each([
    ['misconfigured', 400],
    ['denied', 503],
    ['unavailable', 503],
  ] as const)('hears that it is %s as the error %i', (kind, statusCode) => {
    expect(argoAnswer(standing(kind)).statusCode).toBe(statusCode);
  });

  it('has a share of successes also where no check ran', () => {
    const none = { ...report, counts: {} };

    expect(JSON.parse(argoAnswer({ ...standing('failed'), report: none }).body).successPercent).toBe(0);
    expect(JSON.parse(argoAnswer({ ...standing('passed'), report: none }).body).successPercent).toBe(1);
  });
});

describe('the hook of ECS', () => {
  const next = { token: 'abc', inTime: true };

  it.each([
    ['passed', { hookStatus: 'SUCCEEDED' }],
    ['failed', { hookStatus: 'FAILED' }],
    ['misconfigured', { hookStatus: 'FAILED' }],
    ['denied', { hookStatus: 'FAILED' }],
    ['waiting', { hookStatus: 'IN_PROGRESS', callBackDelay: 5, hookDetails: { suite: 'shop', nightshiftToken: 'abc' } }],
    ['unavailable', { hookStatus: 'IN_PROGRESS', callBackDelay: 30, hookDetails: { suite: 'shop', nightshiftToken: 'abc' } }],
  ] as const)('is answered %s', (kind, answer) => {
    expect(ecsAnswer(standing(kind), { suite: 'shop' }, next)).toEqual(answer);
  });

  it.each(['waiting', 'unavailable'] as const)('fails when time is up while it is %s', (kind) => {
    expect(ecsAnswer(standing(kind), {}, { token: 'abc', inTime: false })).toEqual({ hookStatus: 'FAILED' });
  });
});

describe('what nobody may ask', () => {
  it('is refused without a word about suites', () => {
    expect(refusal('flagger', 'no-token').statusCode).toBe(401);
    expect(refusal('stray-http', 'stray').statusCode).toBe(404);
  });
});
