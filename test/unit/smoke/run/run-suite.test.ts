import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../../lib/smoke/assert/evaluate.ts';
import { runSuite, type SuiteRunOptions } from '../../../../lib/smoke/run/run-suite.ts';
import type { Assertion, Check, Suite } from '../../../../lib/smoke/suite/suite.ts';
import type { CheckResult, SuiteResult } from '../../../../lib/smoke/suite-result.ts';
import { aCheck, anHttpProbe, aSuite, STATUS_2XX } from './checks.ts';
import { type Answer, type ScriptedProber, scriptedProber } from './scripted-prober.ts';
import { START, virtualClock } from './virtual-clock.ts';

interface Ran extends SuiteResult {
  readonly prober: ScriptedProber;
  /** When all was over, in milliseconds from the start. */
  readonly endedAfterMs: number;
  outcome(name: string): CheckResult;
}

async function run(
  checks: readonly Check[],
  script: Parameters<typeof scriptedProber>[1] = {},
  { suite, ...options }: Partial<SuiteRunOptions> & { readonly suite?: Partial<Suite> } = {},
): Promise<Ran> {
  const clock = virtualClock();
  const prober = scriptedProber(clock, script);
  const result = await runSuite(aSuite(checks, suite), {
    prober,
    clock,
    values: new Map(),
    deadlineMs: 60_000,
    random: () => 0,
    ...options,
  });
  const endedAfterMs = clock.now() - START;
  return { ...result, prober, endedAfterMs, outcome: (name) => result.checks.find((check) => check.name === name)! };
}

const version = (expected: string): Assertion => ({
  source: { kind: 'jsonPath', path: '$.version' },
  predicate: { operator: 'equals', value: expected },
});
const answering = (...versions: string[]): Answer[] => versions.map((each) => ({ body: JSON.stringify({ version: each }), tookMs: 10 }));

beforeAll(async () => {
  // Engines are loaded when they are first asked for, which takes real time.
  await evaluate(
    [version('1')],
    { kind: 'http', status: 200, httpVersion: '1.1', headers: [], body: Buffer.from('{}'), encodedBytes: 2, url: '', hops: [] },
    { now: 0, durationMs: 0 },
  );
});

describe('checks', () => {
  it('that depend on nothing run at the same time', async () => {
    const checks = Array.from({ length: 50 }, (_, index) => aCheck(`c${index}`));

    const { status, endedAfterMs, prober } = await run(checks, {
      ...Object.fromEntries(checks.map(({ name }) => [name, [{ tookMs: 100 }]])),
    });

    expect({ status, endedAfterMs, most: prober.mostAtOnce() }).toEqual({ status: 'passed', endedAfterMs: 100, most: 50 });
  });

  it('run no more at a time than there are jobs', async () => {
    const { prober, endedAfterMs } = await run([aCheck('a'), aCheck('b'), aCheck('c'), aCheck('d')], {}, { jobs: 2 });

    expect([prober.mostAtOnce(), endedAfterMs]).toEqual([2, 20]);
  });

  it('run after those that they depend on, with what those captured', async () => {
    const login = aCheck('login', { capture: { token: { source: { kind: 'jsonPath', path: '$.token' }, secret: false } } });
    const orders = aCheck('orders', {
      dependsOn: ['login'],
      probe: anHttpProbe({ url: 'http://shop.test/orders', headers: [['x-id', '{{token}}']] }),
    });
    const items = aCheck('items', { dependsOn: ['orders'], probe: anHttpProbe({ url: 'http://shop.test/items/{{token}}' }) });

    const { prober, status } = await run([items, orders, login], { login: [{ body: '{"token":"t-1"}' }] });

    expect(status).toBe('passed');
    expect(prober.asked.map(({ url }) => url)).toEqual(['http://shop.test/login', 'http://shop.test/orders', 'http://shop.test/items/t-1']);
    expect(prober.asked[1]!.probe.headers).toEqual([['x-id', 't-1']]);
  });

  it('do not see what a check captured that they do not depend on', async () => {
    const login = aCheck('login', { capture: { token: { source: { kind: 'body' }, secret: false } } });
    const other = aCheck('other', { probe: anHttpProbe({ url: 'http://shop.test/{{token}}' }) });

    const { outcome, prober } = await run([login, other], { login: [{ body: 'x' }] }, { jobs: 1 });

    expect(outcome('other')).toMatchObject({ outcome: 'error', reason: expect.stringContaining('token'), attempts: [] });
    expect(prober.asked).toHaveLength(1);
  });

  it('that depend on one that failed are skipped, and say on which', async () => {
    const { outcome, status } = await run([aCheck('a'), aCheck('b', { dependsOn: ['a'] }), aCheck('c', { dependsOn: ['b'] })], {
      a: [{ status: 404 }],
    });

    expect(outcome('b')).toMatchObject({ outcome: 'skipped', reason: 'not run: "a", which it depends on, did not pass', attempts: [] });
    expect(outcome('c')).toMatchObject({ outcome: 'skipped', reason: 'not run: "b", which it depends on, did not pass' });
    expect(status).toBe('failed');
  });

  it('are reported in the order of the suite, and told of as they end', async () => {
    const told: string[] = [];

    const { checks } = await run([aCheck('slow'), aCheck('quick')], { slow: [{ tookMs: 50 }] }, { onCheck: ({ name }) => told.push(name) });

    expect(checks.map(({ name }) => name)).toEqual(['slow', 'quick']);
    expect(told).toEqual(['quick', 'slow']);
  });

  it('that are optional fail nothing', async () => {
    const { status, outcome, summary } = await run([aCheck('a'), aCheck('b', { optional: true })], { b: [{ status: 404 }] });

    expect(outcome('b').outcome).toBe('failed');
    expect(status).toBe('passed');
    expect(summary).toBe('1 passed, 1 failed (b, optional) of 2 checks');
  });

  it('do not stop the others when a probe breaks', async () => {
    const breaking = { asked: [], mostAtOnce: () => 0, run: () => Promise.reject(new Error('a mistake of ours')) };

    const { outcome } = await run([aCheck('a')], {}, { prober: breaking });

    expect(outcome('a')).toMatchObject({ outcome: 'error', reason: expect.stringContaining('a mistake of ours') });
  });
});

describe('attempts', () => {
  it('after a failure that may pass make a check flaky, and all are told', async () => {
    const { outcome, status } = await run([aCheck('a')], { a: [{ status: 503 }, { failure: 'connect' }, {}] });

    expect(status).toBe('flaky');
    expect(outcome('a')).toMatchObject({
      outcome: 'flaky',
      reason: expect.stringMatching(/^passed after 2 of 3 attempts had failed, first: .*503/),
      attempts: [
        { number: 1, ok: false, failure: '5xx', status: 503, startedAt: START, durationMs: 10 },
        { number: 2, ok: false, failure: 'connect', startedAt: START + 210 },
        { number: 3, ok: true, startedAt: START + 620 },
      ],
    });
  });

  it('are not repeated for an answer that is wrong', async () => {
    const { outcome } = await run([aCheck('a', { assert: [STATUS_2XX, version('2')] })], { a: answering('1') });

    expect(outcome('a')).toMatchObject({ outcome: 'failed', attempts: [{ failure: 'assertion' }] });
    expect(outcome('a').reason).toBe('jsonPath $.version equals "2": got "1"');
  });

  it.each([
    ['5', START + 5_000],
    [new Date(START + 7_000).toUTCString(), START + 7_000],
  ])('wait as long as the server asks: Retry-After %s', async (retryAfter, at) => {
    const { prober } = await run([aCheck('a')], { a: [{ status: 429, headers: [['Retry-After', retryAfter]], tookMs: 0 }, {}] });

    expect(prober.asked[1]?.at).toBe(at);
  });

  it('are not begun when the server asks for more time than there is', async () => {
    const { outcome, endedAfterMs } = await run([aCheck('a')], { a: [{ status: 503, headers: [['retry-after', '3600']] }] });

    expect(endedAfterMs).toBe(10);
    expect(outcome('a')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no time for another attempt') });
  });

  it('count anew after a failure when several successes in a row are wanted', async () => {
    const { outcome } = await run([aCheck('a', { successes: 3, intervalMs: 100 })], { a: [{}, {}, { status: 404 }, {}, {}, {}] });

    expect(outcome('a')).toMatchObject({ outcome: 'flaky', attempts: { length: 6 } });
  });

  it('take a connection of their own where several are to prove something, and only there', async () => {
    const { prober } = await run(
      [aCheck('a', { successes: 2 }), aCheck('b'), aCheck('c')],
      {},
      { suite: { identity: { check: 'c', successes: 1 } } },
    );

    expect(new Map(prober.asked.map(({ url, limits }) => [url.slice(-1), limits.fresh]))).toEqual(
      new Map([
        ['a', true],
        ['b', false],
        ['c', true],
      ]),
    );
  });

  it('that were slow make a check degraded', async () => {
    const slow: Assertion = { source: { kind: 'latency' }, predicate: { operator: 'atMost', value: 800 }, onlyDegrades: true };

    const { status, outcome } = await run([aCheck('a', { assert: [STATUS_2XX, slow] })], { a: [{ tookMs: 900 }] });

    expect(status).toBe('degraded');
    expect(outcome('a').reason).toMatch(/latency.*got 900 ms/);
  });

  it('fail when a value cannot be captured', async () => {
    const { outcome } = await run([aCheck('a', { capture: { id: { source: { kind: 'header', name: 'x-id' }, secret: false } } })]);

    expect(outcome('a')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('x-id') });
  });
});

describe('the proof of the version', () => {
  const proof = aCheck('version', { assert: [STATUS_2XX, version('2')], successes: 3, intervalMs: 500 });
  const suite = { identity: { check: 'version', successes: 3 } };

  it('waits the old version out, and counts anew when it comes back', async () => {
    const { outcome, status } = await run([proof], { version: answering('1', '1', '1', '1', '1', '2', '1', '2', '2', '2') }, { suite });

    expect(status).toBe('passed');
    expect(outcome('version').attempts).toHaveLength(10);
  });

  it('fails at the deadline when the old version goes on answering, and says what came', async () => {
    const { outcome, endedAfterMs } = await run([proof], { version: answering('1') }, { suite, deadlineMs: 10_000 });

    expect(outcome('version')).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('equals "2": got "1"') });
    expect(endedAfterMs).toBeLessThanOrEqual(10_000);
  });
});

describe('the deadline', () => {
  it('cuts the time of attempts', async () => {
    const { outcome, endedAfterMs, prober } = await run([aCheck('a')], { a: [{ tookMs: 9_000 }] }, { deadlineMs: 1_000 });

    expect(prober.asked[0]?.limits.timeoutMs).toBe(1_000);
    expect(outcome('a')).toMatchObject({ outcome: 'error', attempts: [{ failure: 'timeout' }] });
    expect(endedAfterMs).toBe(1_000);
  });

  it('leaves out what has no time any more, and the suite has not passed then', async () => {
    const { outcome, status } = await run([aCheck('a'), aCheck('b')], { a: [{ tookMs: 1_000 }] }, { deadlineMs: 1_000, jobs: 1 });

    expect(outcome('b')).toMatchObject({ outcome: 'skipped', reason: 'not run for lack of time' });
    expect(status).toBe('failed');
  });

  it('is not overshot by more than 250 ms, even by probes that do not hear of it', async () => {
    const checks = Array.from({ length: 10 }, (_, index) => aCheck(`c${index}`));
    const deaf = Object.fromEntries(checks.map(({ name }) => [name, [{ deaf: true as const, tookMs: 100_000 }]]));

    const { checks: results, endedAfterMs, durationMs } = await run(checks, deaf, { deadlineMs: 2_000, jobs: 5 });

    expect(results.map(({ outcome }) => outcome)).toEqual([...Array<string>(5).fill('error'), ...Array<string>(5).fill('skipped')]);
    expect(endedAfterMs).toBeLessThanOrEqual(2_250);
    expect(durationMs).toBeLessThanOrEqual(2_250);
  });
});

describe('an interruption', () => {
  it('ends what runs, leaves out the rest, and keeps what has passed', async () => {
    const stop = new AbortController();
    const checks = [aCheck('a'), aCheck('b'), aCheck('c')];

    const { outcome, endedAfterMs, status } = await run(
      checks,
      {
        b: () => {
          stop.abort();
          return { tookMs: 5_000 };
        },
      },
      { signal: stop.signal, jobs: 1 },
    );

    expect(status).toBe('failed');
    expect(outcome('a').outcome).toBe('passed');
    expect(outcome('b')).toMatchObject({ outcome: 'error', reason: 'the run was interrupted' });
    expect(outcome('c')).toMatchObject({ outcome: 'skipped', reason: 'not run: the run was interrupted' });
    expect(endedAfterMs).toBe(10);
  });

  it('before the beginning runs nothing', async () => {
    const { prober, checks } = await run([aCheck('a')], {}, { signal: AbortSignal.abort() });

    expect(prober.asked).toEqual([]);
    expect(checks).toMatchObject([{ outcome: 'skipped', reason: 'not run: the run was interrupted' }]);
  });
});

describe('secrets', () => {
  const values = new Map([['password', { text: 'hunter2-planted', secret: true }]]);
  const login = aCheck('login', {
    probe: anHttpProbe({ url: 'http://shop.test/login', method: 'POST', body: { kind: 'json', value: { pw: '{{password}}' } } }),
  });

  it('of variables are nowhere in the result, nor in what is told on the way', async () => {
    const told: CheckResult[] = [];
    const asserting = {
      ...login,
      assert: [{ source: { kind: 'body' as const }, predicate: { operator: 'equals' as const, value: 'welcome' } }],
    };

    const result = await run(
      [asserting],
      { login: [{ body: 'no such user: hunter2-planted' }] },
      { values, onCheck: (check) => told.push(check) },
    );

    expect(result.prober.asked[0]?.probe.body).toEqual({ kind: 'json', value: { pw: 'hunter2-planted' } });
    expect(JSON.stringify([result.checks, result.summary, told])).not.toContain('planted');
    expect(result.outcome('login').curl).toContain(`--data-raw '{"pw":"[redacted]"}'`);
    expect(result.outcome('login').reason).toContain('no such user: [redacted]');
  });

  it('that an answer would have given are hidden though the answer failed', async () => {
    const capturing = aCheck('login', {
      capture: { token: { source: { kind: 'jsonPath', path: '$.token' }, secret: true } },
      assert: [{ source: { kind: 'body' }, predicate: { operator: 'contains', value: 'welcome' } }],
    });

    const result = await run([capturing], {
      login: [{ body: '{"token":"planted-4711"}', headers: [['set-cookie', 'sid="planted-0815"; HttpOnly']] }],
    });

    expect(result.outcome('login').outcome).toBe('failed');
    expect(JSON.stringify(result.checks)).not.toContain('planted');
  });

  it('of fewer than four characters withhold all that was sent and received, and a warning says so', async () => {
    const result = await run([login], { login: [{ status: 404 }] }, { values: new Map([['password', { text: 'abc', secret: true }]]) });

    expect(result.outcome('login')).toMatchObject({ reason: '[withheld]', curl: '[withheld]' });
    expect(result.warnings).toEqual([expect.stringContaining('fewer than 4 characters')]);
  });

  it('that are words of the report change none of its words', async () => {
    const { checks, status } = await run([aCheck('a')], {}, { values: new Map([['odd', { text: 'passed', secret: true }]]) });

    expect([status, checks[0]?.outcome]).toEqual(['passed', 'passed']);
  });
});

describe('a clock that lags behind its timers', () => {
  it('keeps no identity check going when the time is up', async () => {
    const clock = { ...virtualClock(), sleep: async (): Promise<void> => {} };
    const old = { body: JSON.stringify({ version: '1' }), tookMs: 0 };
    const check = aCheck('version', { assert: [version('2')], successes: 2 });
    const suite = aSuite([check], { identity: { check: 'version', successes: 2 } });
    const prober = scriptedProber(clock, { version: Array.from({ length: 5 }, () => old) });
    const result = await runSuite(suite, { prober, clock, values: new Map(), deadlineMs: 60_000 });

    expect(result.checks[0]?.outcome).toMatch(/failed|error|skipped/);
  });
});
