import type { Outcome } from '../../platform/job-definition.ts';
import type { ReportItem } from '../../platform/report.ts';
import type { Reason } from '../../rollout/verdict/outcome.ts';
import { firstFailure } from '../report/first-failure.ts';
import { isPass } from '../run/summary.ts';
import type { CheckResult, SuiteResult } from '../suite-result.ts';
import type { Claim, Proof } from './proof.ts';

/** Reasons of a rollout that are told one by one. */
const MOST_REASONS = 10;

/**
 * The report of a proof. `failed`: the new version is not what answers, or a check says so. `degraded`: it is, and something should be looked at.
 * With something unfinished, `remaining` is 1 and nothing is decided yet.
 */
export function judge(proof: Proof): Outcome {
  const items = itemsOf(proof);
  const failed = failuresIn(items, proof.suite);
  const degraded = proof.warnings.length > 0 || items.some(({ action }) => action === 'degraded');
  const unfinished = failed.length === 0 && proof.unfinished !== undefined;
  const status = failed.length > 0 ? 'failed' : degraded || unfinished ? 'degraded' : 'ok';
  const counts = { planned: proof.suite?.checks.length ?? 0, changed: 0, skipped: countOf(proof.suite, 'skipped'), failed: failed.length };
  return {
    status,
    summary: summaryOf(proof, failed),
    counts: { ...counts, passed: proof.suite?.checks.filter(isPass).length ?? 0 },
    items: [...items, ...proof.warnings.map((reason): ReportItem => ({ ref: nameOf(proof.claim), action: 'warned', reason }))],
    remaining: unfinished ? 1 : 0,
  };
}

/** What failed. A suite that failed and has no failed check was not run to its end: then that is what failed. */
function failuresIn(items: readonly ReportItem[], suite: SuiteResult | undefined): readonly ReportItem[] {
  const failed = items.filter(({ action }) => action === 'failed');
  return failed.length === 0 && suite?.status === 'failed' ? items.filter(({ action }) => action === 'skipped') : failed;
}

/** `shop 2.4.1`, `Deployment shop/web`, `suite shop`: what people call it. */
export function nameOf({ app, version, target, suite }: Claim): string {
  if (app !== undefined) return version === undefined ? app : `${app} ${version}`;
  if (target !== undefined) return `${target.kind} ${target.namespace}/${target.name}`;
  return suite === undefined ? 'the release' : `suite ${suite}`;
}

function summaryOf(proof: Proof, failed: readonly ReportItem[]): string {
  const name = nameOf(proof.claim);
  const [first] = failed;
  if (first !== undefined) {
    const more = failed.length === 1 ? '' : ` (and ${failed.length - 1} more)`;
    return `${name} is not proved: ${first.ref}: ${first.reason}${more}`;
  }
  if (proof.unfinished !== undefined) return `${name} is not proved yet: ${proof.unfinished}`;
  const parts = [
    ...(proof.rollout ? [`rolled out, ${proof.rollout.pods.ready} of ${proof.rollout.pods.total} pods ready`] : []),
    ...(proof.identity && proof.claim.digest !== undefined ? ['every pod runs the expected digest'] : []),
    ...(proof.suite ? [proof.suite.summary] : []),
  ];
  const proved = proof.suite || proof.identity;
  return `${name} ${proved ? 'is what answers' : 'is rolled out'}: ${parts.join('; ')}`;
}

function itemsOf({ claim, objection, rollout, identity, suite, unfinished }: Proof): ReportItem[] {
  return [
    ...(objection === undefined ? [] : [{ ref: refOf(claim), action: 'failed', reason: objection }]),
    ...(rollout ? rolloutItems(rollout, refOf(claim), unfinished !== undefined) : []),
    ...(identity && !identity.proven ? identity.reasons.map((reason) => reasonItem(reason, 'failed', refOf(claim))) : []),
    ...(suite ? suiteItems(suite) : []),
  ];
}

function rolloutItems({ status, reasons, warnings }: NonNullable<Proof['rollout']>, ref: string, goesOn: boolean): ReportItem[] {
  const shown = reasons.slice(0, MOST_REASONS);
  const warned = warnings.map((reason): ReportItem => ({ ref, action: 'warned', reason }));
  switch (status) {
    case 'done':
      return warned;
    case 'degraded':
      return [...shown.map((reason) => reasonItem(reason, 'degraded', ref)), ...warned];
    case 'timeout':
      return [...shown.map((reason) => reasonItem(reason, goesOn ? 'waiting' : 'failed', ref, goesOn ? '' : 'not in time: ')), ...warned];
    case 'failed':
    case 'blocked':
      return [...shown.map((reason) => reasonItem(reason, 'failed', ref)), ...warned];
    default:
      return status satisfies never;
  }
}

function reasonItem({ resource, container, reason, message }: Reason, action: string, ref: string, prefix = ''): ReportItem {
  const place = ref.endsWith(`/${resource}`) ? ref : `${ref} ${resource}`;
  return { ref: place, action, reason: `${prefix}${message}`, cause: reason, ...(container !== undefined && { container }) };
}

function suiteItems(suite: SuiteResult): ReportItem[] {
  const first = firstFailure(suite);
  return suite.checks.map((check) => checkItem(check, check === first?.check ? first : undefined));
}

function checkItem(check: CheckResult, first: ReturnType<typeof firstFailure>): ReportItem {
  const { name, outcome, reason = 'as expected', optional, attempts, curl } = check;
  const assertion = first?.assertion;
  const words = assertion ? `${assertion.assertion}: expected ${assertion.expected}, got ${assertion.actual}` : reason;
  return {
    ref: `check ${name}`,
    action: actionOf(check),
    reason: words,
    outcome,
    ...(optional && { optional }),
    attempts: attempts.length,
    ...(first !== undefined && curl !== undefined && { hint: curl }),
  };
}

/** What is optional is told of and fails nothing. */
function actionOf({ outcome, optional }: CheckResult): string {
  switch (outcome) {
    case 'passed':
      return 'passed';
    case 'flaky':
    case 'degraded':
      return 'degraded';
    case 'failed':
    case 'error':
      return optional ? 'degraded' : 'failed';
    case 'skipped':
      return 'skipped';
    default:
      return outcome satisfies never;
  }
}

function countOf(suite: SuiteResult | undefined, outcome: CheckResult['outcome']): number {
  return suite?.checks.filter((check) => check.outcome === outcome).length ?? 0;
}

/** As reports name a workload everywhere: `cluster/namespace/Kind/name`. */
function refOf({ target }: Claim): string {
  return target === undefined ? 'the release' : `${target.cluster}/${target.namespace}/${target.kind}/${target.name}`;
}
