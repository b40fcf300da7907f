import type { Clock } from '../../platform/clock.ts';
import { cleanCheck } from '../redaction/clean-check.ts';
import { type SecretKeeper, SHORTEST_SECRET, secretKeeper } from '../redaction/secret-keeper.ts';
import type { Check, Suite } from '../suite/suite.ts';
import type { CheckResult, SuiteResult } from '../suite-result.ts';
import type { ProbeRunner } from './prober.ts';
import { type CheckContext, resultOf, runCheck } from './run-check.ts';
import { type Schedule, scheduleOf } from './schedule.ts';
import { type Scopes, scopesOf, type Variables } from './scope.ts';
import { isPass, statusOf, summaryOf } from './summary.ts';
import { type TimeBudget, timeBudget } from './time-budget.ts';

export interface SuiteRunOptions {
  readonly prober: ProbeRunner;
  readonly values: Variables;
  readonly clock: Clock;
  /** Ends the run early; what has not been run is reported as such. */
  readonly signal?: AbortSignal;
  /** Over all; it is never overshot by more than 250 ms. */
  readonly deadlineMs: number;
  /** Checks at a time. @default the number of checks, up to 50 */
  readonly jobs?: number;
  /** In [0, 1), for the jitter of waits. @default Math.random */
  readonly random?: () => number;
  /** Told of each check when it ends, redacted as far as secrets are known then. */
  readonly onCheck?: (result: CheckResult) => void;
}

const MOST_JOBS = 50;

/** Runs the checks of a suite, each as soon as those that it depends on have passed, and says how it went. Never rejects for what is wrong with the other side. */
export async function runSuite(suite: Suite, options: SuiteRunOptions): Promise<SuiteResult> {
  const { clock, deadlineMs, values } = options;
  const startedAt = clock.now();
  const keeper = secretKeeper();
  keeper.add([...values.values()].filter(({ secret }) => secret).map(({ text }) => text));
  const budget = timeBudget(deadlineMs, { clock, outer: options.signal });
  try {
    const results = await runChecks(suite, options, { keeper, budget });
    const raw = suite.checks.map((check) => results.get(check.name) ?? resultOf(check, { outcome: 'skipped', reason: 'not run' }));
    const checks = raw.map((check) => cleanCheck(check, keeper));
    return {
      version: 1,
      suite: keeper.clean(suite.name),
      status: statusOf(checks),
      summary: summaryOf(checks),
      startedAt: new Date(startedAt).toISOString(),
      durationMs: Math.max(0, clock.now() - startedAt),
      deadlineMs,
      checks,
      warnings: [...suite.warnings.map(keeper.clean), ...(keeper.withholds ? [SHORT_SECRETS] : [])],
    };
  } finally {
    budget.release();
  }
}

const SHORT_SECRETS = `a secret has fewer than ${SHORTEST_SECRET} characters and cannot be told from other text: what was sent and received is withheld; use a longer one`;

interface Surroundings {
  readonly keeper: SecretKeeper;
  readonly budget: TimeBudget;
}

async function runChecks(
  suite: Suite,
  { prober, values, clock, random = Math.random, onCheck, jobs }: SuiteRunOptions,
  { keeper, budget }: Surroundings,
): Promise<ReadonlyMap<string, CheckResult>> {
  const schedule = scheduleOf(suite.checks);
  const scopes = scopesOf(values);
  const results = new Map<string, CheckResult>();
  const tell = (result: CheckResult): void => {
    results.set(result.name, result);
    onCheck?.(cleanCheck(result, keeper));
  };
  const context: CheckContext = { prober, clock, budget, keeper, random };
  const runOne = async (check: Check): Promise<void> => {
    const { result, captured } = await runCheck(check, { values: scopes.of(check), drains: suite.identity?.check === check.name }, context);
    settle(check, { result, captured }, { schedule, scopes, tell });
  };
  await pump(schedule, { limit: jobs ?? Math.min(MOST_JOBS, suite.checks.length), budget, runOne });
  const reason = budget.ended() === 'interrupted' ? 'not run: the run was interrupted' : 'not run for lack of time';
  for (const check of schedule.stop()) tell(resultOf(check, { outcome: 'skipped', reason }));
  return results;
}

function settle(
  check: Check,
  { result, captured }: Awaited<ReturnType<typeof runCheck>>,
  { schedule, scopes, tell }: { readonly schedule: Schedule; readonly scopes: Scopes; readonly tell: (result: CheckResult) => void },
): void {
  scopes.captured(check, captured);
  tell(result);
  for (const { check: left, because } of schedule.settle(check.name, isPass(result))) {
    tell(resultOf(left, { outcome: 'skipped', reason: `not run: ${JSON.stringify(because)}, which it depends on, did not pass` }));
  }
}

/** Keeps as many checks running as the limit allows, until none is ready or the time is up, and all that run have ended. */
function pump(
  schedule: Schedule,
  { limit, budget, runOne }: { readonly limit: number; readonly budget: TimeBudget; readonly runOne: (check: Check) => Promise<void> },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let running = 0;
    const fill = (): void => {
      while (running < limit && budget.ended() === undefined) {
        const check = schedule.take();
        if (check === undefined) break;
        running++;
        runOne(check).then(() => {
          running--;
          fill();
        }, reject);
      }
      if (running === 0) resolve();
    };
    fill();
  });
}
