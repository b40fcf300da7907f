import { describe, expect, it } from 'vitest';
import { judge, nameOf } from '../../../../lib/smoke/gate/judge.ts';
import type { Proof } from '../../../../lib/smoke/gate/proof.ts';
import type { CheckResult, SuiteResult } from '../../../../lib/smoke/suite-result.ts';

const target = { cluster: 'dev', namespace: 'shop', kind: 'Deployment', name: 'web' } as const;
const place = { kind: target.kind, namespace: target.namespace, name: target.name };
const reason = { resource: 'Pod/web-1', container: 'web', reason: 'CrashLoopBackOff', message: 'exits with 1' };
const rollout = { status: 'done', ...place, reasons: [], warnings: [], pods: { total: 2, ready: 2 }, elapsedMs: 10 } as const;
const identity = { proven: true, reasons: [], warnings: [], images: [], services: ['web'], endpoints: 2 };

function check(wish: Partial<CheckResult> = {}): CheckResult {
  return { name: 'home', kind: 'http', outcome: 'passed', optional: false, durationMs: 5, attempts: [], ...wish };
}

function suite(status: SuiteResult['status'], ...checks: CheckResult[]): SuiteResult {
  const times = { startedAt: '2026-11-27T23:00:00.000Z', durationMs: 5, deadlineMs: 60_000 };
  return { version: 1, suite: 'shop', status, summary: `${checks.length} checks`, ...times, checks, warnings: [] };
}

const proof = (more: Partial<Proof> = {}): Proof => ({ claim: { app: 'shop', version: '2.4.1', target }, warnings: [], ...more });

describe('a proof', () => {
  it('holds when the pods are out, are the right ones, and every check passed', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const outcome = judge(
      proof({ claim: { app: 'shop', version: '2.4.1', digest, target }, rollout, identity, suite: suite('passed', check()) }),
    );

    expect(outcome).toMatchObject({ status: 'ok', counts: { planned: 1, passed: 1, failed: 0, skipped: 0 }, remaining: 0 });
    expect(outcome.summary).toBe('shop 2.4.1 is what answers: rolled out, 2 of 2 pods ready; every pod runs the expected digest; 1 checks');
  });

  it.each(['flaky', 'degraded'] as const)('is degraded by a check that is %s', (outcome) => {
    expect(judge(proof({ suite: suite(outcome, check({ outcome, reason: 'second try' })) })).status).toBe('degraded');
  });

  it('is degraded by what could not be looked up, and says it', () => {
    const { status, items } = judge(proof({ warnings: ['no release is recorded'], suite: suite('passed', check()) }));

    expect(status).toBe('degraded');
    expect(items).toContainEqual({ ref: 'shop 2.4.1', action: 'warned', reason: 'no release is recorded' });
  });

  it('is not failed by an optional check', () => {
    expect(judge(proof({ suite: suite('passed', check({ outcome: 'failed', optional: true })) }))).toMatchObject({
      status: 'degraded',
      counts: { failed: 0 },
    });
  });

  it('fails with the first assertion that does not hold, what was expected, what came, and how to ask again', () => {
    const assertion = { ok: false, assertion: 'status is 200', expected: '200', actual: '503' };
    const attempt = { number: 1, startedAt: 0, durationMs: 5, ok: false, failure: '5xx', assertions: [assertion] } as const;
    const failed = check({ outcome: 'failed', reason: 'status', attempts: [attempt], curl: 'curl https://shop/' });
    const outcome = judge(proof({ suite: suite('failed', failed) }));

    expect(outcome.summary).toBe('shop 2.4.1 is not proved: check home: status is 200: expected 200, got 503');
    expect(outcome.items).toMatchObject([{ action: 'failed', hint: 'curl https://shop/', attempts: 1 }]);
  });

  it('fails when checks were not run for lack of time, though none of them failed', () => {
    const outcome = judge(proof({ suite: suite('failed', check({ outcome: 'skipped', reason: 'not run for lack of time' })) }));

    expect(outcome).toMatchObject({ status: 'failed', counts: { skipped: 1 } });
    expect(outcome.summary).toContain('not run for lack of time');
  });

  it.each(['failed', 'blocked'] as const)('fails with a rollout that is %s, and names the container', (status) => {
    const outcome = judge(proof({ rollout: { ...rollout, status, reasons: [reason] } }));

    expect(outcome.summary).toBe('shop 2.4.1 is not proved: dev/shop/Deployment/web Pod/web-1: exits with 1');
    expect(outcome.items).toMatchObject([{ action: 'failed', cause: 'CrashLoopBackOff', container: 'web' }]);
  });

  it('fails with a rollout that was not in time', () => {
    expect(judge(proof({ rollout: { ...rollout, status: 'timeout', reasons: [reason] } }))).toMatchObject({
      status: 'failed',
      items: [{ reason: 'not in time: exits with 1' }],
    });
  });

  it('goes on when the caller calls again, and has failed nothing', () => {
    const outcome = judge(proof({ rollout: { ...rollout, status: 'timeout', reasons: [reason] }, unfinished: 'exits with 1' }));

    expect(outcome).toMatchObject({ status: 'degraded', remaining: 1, counts: { failed: 0 }, items: [{ action: 'waiting' }] });
    expect(outcome.summary).toBe('shop 2.4.1 is not proved yet: exits with 1');
  });

  it('is degraded with a rollout that is, and tells the warnings of the wait', () => {
    const outcome = judge(proof({ rollout: { ...rollout, status: 'degraded', reasons: [reason], warnings: ['restarts'] } }));

    expect(outcome.status).toBe('degraded');
    expect(outcome.items.map(({ action }) => action)).toEqual(['degraded', 'warned']);
  });

  it('fails when other pods answer', () => {
    const stranger = { resource: 'Pod/old-1', reason: 'OldPod', message: 'still answers for Service web' };

    expect(judge(proof({ rollout, identity: { ...identity, proven: false, reasons: [stranger] } }))).toMatchObject({
      status: 'failed',
      summary: 'shop 2.4.1 is not proved: dev/shop/Deployment/web Pod/old-1: still answers for Service web',
    });
  });

  it('fails when somebody objects', () => {
    expect(judge(proof({ objection: 'shop 2.4.1 is quarantined' }))).toMatchObject({ status: 'failed', counts: { failed: 1 } });
  });
});

describe('what is proved', () => {
  it.each([
    [{ app: 'shop', version: '2' }, 'shop 2'],
    [{ app: 'shop' }, 'shop'],
    [{ target }, 'Deployment shop/web'],
    [{ suite: 'shop' }, 'suite shop'],
    [{}, 'the release'],
  ])('%j is called %s', (claim, name) => {
    expect(nameOf(claim)).toBe(name);
  });
});
