import type { AssertionResult } from '../../../../lib/smoke/assertion-result.ts';
import type { Attempt, CheckResult, SuiteResult } from '../../../../lib/smoke/suite-result.ts';

const START = Date.UTC(2026, 10, 27, 3, 0, 0);

export function anAssertion(over: Partial<AssertionResult> = {}): AssertionResult {
  return { ok: true, assertion: 'status 200-299', expected: '200-299', actual: '200', ...over };
}

export function anAttempt(over: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    startedAt: START + 50,
    durationMs: 120,
    timings: { dnsMs: 5, connectMs: 10, tlsMs: 25, waitMs: 70, receiveMs: 10, totalMs: 120 },
    ok: true,
    assertions: [anAssertion()],
    remoteAddress: '192.0.2.10:443',
    status: 200,
    ...over,
  };
}

export function aFailedAttempt(over: Partial<Attempt> = {}): Attempt {
  const wrong = anAssertion({ ok: false, assertion: 'jsonPath $.version equals "2.4.1"', expected: 'equals "2.4.1"', actual: '"2.4.0"' });
  return anAttempt({ ok: false, failure: 'assertion', assertions: [anAssertion(), wrong], ...over });
}

export function aCheckResult(over: Partial<CheckResult> = {}): CheckResult {
  return { name: 'home page', kind: 'http', outcome: 'passed', optional: false, durationMs: 120, attempts: [anAttempt()], ...over };
}

/** One check of each outcome. */
export function aMixedResult(): SuiteResult {
  return aSuiteResult([
    aCheckResult(),
    aCheckResult({
      name: 'login',
      outcome: 'failed',
      reason: 'jsonPath $.version equals "2.4.1": got "2.4.0"',
      attempts: [aFailedAttempt()],
      curl: 'curl -sS -i -X POST --data-raw \'{"user":"me"}\' https://shop.example.com/login',
    }),
    aCheckResult({
      name: 'orders',
      outcome: 'flaky',
      reason: 'passed after 1 of 2 attempts had failed, first: status 200-299: got 503',
      durationMs: 400,
      attempts: [
        aFailedAttempt({ failure: '5xx', status: 503, assertions: [anAssertion({ ok: false, actual: '503' })] }),
        anAttempt({ number: 2, startedAt: START + 330 }),
      ],
    }),
    aCheckResult({
      name: 'search',
      outcome: 'degraded',
      reason: 'latency atMost 800 ms: got 1200 ms',
      attempts: [
        anAttempt({ durationMs: 1_200, assertions: [anAssertion({ ok: false, degraded: true, assertion: 'latency', actual: '1200 ms' })] }),
      ],
    }),
    aCheckResult({
      name: 'database',
      kind: 'tcp',
      outcome: 'error',
      reason: 'cannot connect to db.example.com:5432: ECONNREFUSED',
      attempts: [
        {
          number: 1,
          startedAt: START + 60,
          durationMs: 3,
          timings: { dnsMs: 1, totalMs: 3 },
          ok: false,
          failure: 'connect',
          message: 'cannot connect to db.example.com:5432: ECONNREFUSED',
          assertions: [],
        },
      ],
    }),
    aCheckResult({
      name: 'logout',
      outcome: 'skipped',
      reason: 'not run: "login", which it depends on, did not pass',
      durationMs: 0,
      attempts: [],
    }),
    aCheckResult({
      name: 'recommendations',
      outcome: 'failed',
      optional: true,
      reason: 'status 200-299: got 404',
      attempts: [aFailedAttempt()],
    }),
  ]);
}

export function aSuiteResult(checks: readonly CheckResult[], over: Partial<SuiteResult> = {}): SuiteResult {
  return {
    version: 1,
    suite: 'shop',
    status: 'failed',
    summary: `${checks.length} checks`,
    startedAt: new Date(START).toISOString(),
    durationMs: 1_300,
    deadlineMs: 60_000,
    checks,
    warnings: [],
    ...over,
  };
}
