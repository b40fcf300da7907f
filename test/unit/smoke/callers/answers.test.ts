import { describe, expect, it } from 'vitest';
import { ForbiddenError } from '../../../../lib/kubernetes/errors.ts';
import { BadInputError, DeadlineError } from '../../../../lib/platform/errors.ts';
import type { Report } from '../../../../lib/platform/report.ts';
import { checkpointOf, eventAt, tokenAfter } from '../../../../lib/smoke/callers/checkpoint.ts';
import { ecsAnswer } from '../../../../lib/smoke/callers/ecs-answer.ts';
import { goesOn } from '../../../../lib/smoke/callers/going-on.ts';
import { argoAnswer, flaggerAnswer, refusal } from '../../../../lib/smoke/callers/http-answer.ts';
import { pipelineAnswer } from '../../../../lib/smoke/callers/pipeline-answer.ts';
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
  it.each([
    ['passed', { hookStatus: 'SUCCEEDED' }],
    ['waiting', { hookStatus: 'IN_PROGRESS', callBackDelay: 5, hookDetails: { suite: 'shop', nightshiftToken: 'abc' } }],
    ['unavailable', { hookStatus: 'IN_PROGRESS', callBackDelay: 30, hookDetails: { suite: 'shop', nightshiftToken: 'abc' } }],
  ] as const)('is answered %s', (kind, answer) => {
    expect(ecsAnswer(standing(kind), { suite: 'shop' }, 'abc')).toEqual(answer);
  });

  it.each(['failed', 'misconfigured', 'denied', 'waiting', 'unavailable'] as const)('fails when it is %s and does not go on', (kind) => {
    expect(ecsAnswer(standing(kind), {})).toEqual({ hookStatus: 'FAILED' });
  });
});

describe('the job of CodePipeline', () => {
  it('succeeds with what later actions may want to know', () => {
    expect(pipelineAnswer(standing('passed'))).toEqual({
      kind: 'succeeded',
      summary: 'why',
      externalExecutionId: 'r1',
      variables: { runId: 'r1', status: 'ok' },
    });
  });

  it.each(['waiting', 'unavailable'] as const)('is continued while it is %s', (kind) => {
    expect(pipelineAnswer(standing(kind), 'abc')).toEqual({ kind: 'continued', token: 'abc', summary: 'why', externalExecutionId: 'r1' });
  });

  it.each([
    ['failed', 'JobFailed', 'why'],
    ['waiting', 'JobFailed', 'not in time: why'],
    ['misconfigured', 'ConfigurationError', 'why'],
    ['denied', 'PermissionError', 'why'],
    ['unavailable', 'SystemUnavailable', 'why'],
  ] as const)('fails when it is %s', (kind, type, message) => {
    expect(pipelineAnswer(standing(kind))).toEqual({ kind: 'failed', type, message, externalExecutionId: 'r1' });
  });
});

describe('a proof', () => {
  const start = { runId: 'r1', startedAt: 1_000, round: 0 };
  const time = { now: 61_000, timeoutMs: 120_000 };

  it.each([
    ['waiting', true],
    ['unavailable', true],
    ['failed', false],
    ['passed', false],
    ['misconfigured', false],
    ['denied', false],
  ] as const)('that is %s goes on: %j', (kind, expected) => {
    expect(goesOn(standing(kind), start, time)).toBe(expected);
  });

  it('ends with its time', () => {
    expect(goesOn(standing('waiting'), start, { ...time, now: 121_000 })).toBe(false);
  });

  it('waits for what is out of reach in a few calls only', () => {
    expect(goesOn(standing('unavailable'), { ...start, round: 4 }, time)).toBe(true);
    expect(goesOn(standing('unavailable'), { ...start, round: 5 }, time)).toBe(false);
    expect(goesOn(standing('waiting'), { ...start, round: 50 }, time)).toBe(true);
  });

  it('is the same one in its next call', () => {
    const token = tokenAfter(start);

    expect(checkpointOf({ token }, { runId: 'other', now: 2_000 })).toEqual({ ...start, round: 1 });
    expect(eventAt({ suite: 'shop' }, start)).toEqual({ suite: 'shop', runId: 'r1', startedAt: 1_000 });
  });

  it.each(['', 'abc', 'bm90IGpzb24', 'x'.repeat(3_000)])('refuses the token %j', (token) => {
    expect(() => checkpointOf({ token }, { runId: 'r2', now: 2_000 })).toThrow(/continuation token cannot be read/);
  });
});

describe('what nobody may ask', () => {
  it('is refused without a word about suites', () => {
    expect(refusal('flagger', 'no-token').statusCode).toBe(401);
    expect(refusal('stray-http', 'stray').statusCode).toBe(404);
  });
});
