import type { AssertionResult } from '../assertion-result.ts';
import type { Subject } from '../subject.ts';
import type { Assertion } from '../suite/assertion.ts';
import { bodyView } from './body-view.ts';
import { describeAsked, expectedOf } from './describe.ts';
import { loadEngines, loadedEngines } from './engines.ts';
import { judge } from './judge.ts';
import { mayRunOn } from './may-run-on.ts';
import { type EvaluationContext, observe, type Sight } from './observe.ts';
import { cut } from './show.ts';
import { withinTime } from './within-time.ts';

export interface EvaluationOptions extends EvaluationContext {
  /** For all assertions together, a second at most; what is not done by then does not hold. */
  readonly limitMs?: number;
}

/** While expressions are evaluated nothing else can run. */
const LIMIT_MS = 1_000;

/** What holds of an answer, in the order of the assertions. Never rejects: what cannot be read does not hold, and says why. */
export async function evaluate(
  assertions: readonly Assertion[],
  subject: Subject,
  { now, durationMs, limitMs: wanted = LIMIT_MS }: EvaluationOptions,
): Promise<readonly AssertionResult[]> {
  const limitMs = Math.min(wanted, LIMIT_MS);
  const sources = assertions.map(({ source }) => source);
  const engines = loadedEngines(sources) ?? (await loadEngines(sources));
  const sight: Sight = { now, durationMs, subject, engines, ...(subject.kind === 'http' && { body: bodyView(subject, engines.markup) }) };
  const results: AssertionResult[] = [];
  const next = (): void => {
    const assertion = assertions[results.length];
    if (assertion) results.push(evaluateOne(assertion, sight));
  };
  const begun = performance.now();
  while (results.length < assertions.length) {
    const assertion = assertions[results.length];
    if (assertion === undefined) break;
    if (!isWatched(assertion)) {
      next();
      continue;
    }
    const left = limitMs - (performance.now() - begun);
    const done = left > 0 && withinTime(() => runWhile(next, () => isWatched(assertions[results.length])), left).ok;
    const current = assertions[results.length];
    if (!done && current)
      results.push(
        failed(
          current,
          `took longer than the ${Math.max(0, Math.round(limitMs))} ms that were left for assertions; ask for something simpler, or give more time`,
        ),
      );
  }
  return results;
}

/** One guarded call for as many as stand together. */
function runWhile(next: () => void, more: () => boolean): void {
  do next();
  while (more());
}

/** A value of the answer may be one that a regular expression of the suite backtracks on. */
function isWatched(assertion: Assertion | undefined): boolean {
  return assertion !== undefined && (mayRunOn(assertion.source) || assertion.predicate.operator === 'matches');
}

function evaluateOne(assertion: Assertion, sight: Sight): AssertionResult {
  try {
    const { ok, actual } = judge(assertion.predicate, observe(assertion.source, sight));
    return result(assertion, ok, actual);
  } catch (error) {
    return failed(assertion, error instanceof Error ? error.message : String(error));
  }
}

function result(assertion: Assertion, ok: boolean, actual: string): AssertionResult {
  if (ok || assertion.onlyDegrades !== true) return { ...texts(assertion, actual), ok };
  return { ...texts(assertion, actual), ok: true, degraded: true };
}

function failed(assertion: Assertion, why: string): AssertionResult {
  return { ...texts(assertion, why), ok: false };
}

function texts(assertion: Assertion, actual: string): Omit<AssertionResult, 'ok'> {
  const expected = expectedOf(assertion.source, assertion.predicate);
  return { assertion: describeAsked(assertion, expected), expected, actual: cut(actual) };
}
