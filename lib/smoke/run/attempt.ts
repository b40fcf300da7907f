import type { Clock } from '../../platform/clock.ts';
import { messageOf } from '../../platform/errors.ts';
import { parseRetryAfter } from '../../platform/retry-after.ts';
import { capture } from '../assert/capture.ts';
import { evaluate } from '../assert/evaluate.ts';
import type { FailureClass } from '../failure-class.ts';
import type { ProbeResult } from '../probe.ts';
import { cookieSecrets } from '../redaction/cookie-secrets.ts';
import type { SecretKeeper } from '../redaction/secret-keeper.ts';
import type { Subject } from '../subject.ts';
import type { Assertion, Check, Probe } from '../suite/suite.ts';
import type { Attempt } from '../suite-result.ts';
import { failureOf } from './classify.ts';
import type { Tried } from './next-step.ts';
import type { ProbeRunner } from './prober.ts';
import type { TimeBudget } from './time-budget.ts';

/** What attempts of all checks of a run share. */
export interface AttemptContext {
  readonly prober: ProbeRunner;
  readonly clock: Clock;
  readonly budget: TimeBudget;
  readonly keeper: SecretKeeper;
}

/** A check whose templates are filled. */
export interface ReadyCheck {
  readonly check: Check;
  readonly probe: Probe;
  readonly assertions: readonly Assertion[];
  /** Whether each attempt takes a connection of its own, so that several reach several pods. */
  readonly fresh: boolean;
}

export interface Attempted {
  readonly attempt: Attempt;
  readonly tried: Tried;
  /** Of an attempt that succeeded. */
  readonly captured: ReadonlyMap<string, string>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Asks once and judges the answer. Never rejects; its texts are not yet redacted, and the secrets that came up are with the keeper. */
export async function attemptOnce(
  ready: ReadyCheck,
  { number, timeoutMs }: { readonly number: number; readonly timeoutMs: number },
  context: AttemptContext,
): Promise<Attempted> {
  const { clock } = context;
  const startedAt = clock.now();
  const result = await probeOnce(ready, timeoutMs, context);
  const judged = result.ok ? await judge(ready, result, context) : { failure: result.failure, message: result.message, assertions: [] };
  const { failure, message, assertions, captured = NOTHING } = judged;
  const endedAt = clock.now();
  const retryAfterMs = result.ok && failure !== undefined ? askedToWait(result.subject, endedAt) : undefined;
  return {
    attempt: {
      number,
      startedAt,
      durationMs: Math.max(0, endedAt - startedAt),
      timings: result.timings,
      ok: failure === undefined,
      ...(failure !== undefined && { failure }),
      ...(message !== undefined && { message }),
      assertions,
      ...(result.remoteAddress !== undefined && { remoteAddress: result.remoteAddress }),
      ...(result.ok && seenOf(result.subject)),
    },
    tried: { startedAt, endedAt, ...(failure !== undefined && { failure }), ...(retryAfterMs !== undefined && { retryAfterMs }) },
    captured,
  };
}

async function probeOnce(
  { check, probe, fresh }: ReadyCheck,
  timeoutMs: number,
  { prober, clock, budget }: AttemptContext,
): Promise<ProbeResult> {
  const startedAt = clock.now();
  try {
    const limits = { timeoutMs, maxBodyBytes: check.maxBodyBytes, fresh, signal: budget.signal };
    return await budget.within(prober.run(probe, limits));
  } catch (error) {
    // A probe says what is wrong as a value: this is the deadline, or a mistake of ours that must not stop the other checks.
    const timings = { totalMs: Math.max(0, clock.now() - startedAt) };
    if (budget.signal.aborted) return { ok: false, failure: 'timeout', message: `no answer: ${messageOf(budget.signal.reason)}`, timings };
    return { ok: false, failure: 'protocol', message: `the probe broke off: ${messageOf(error)}; please report this`, timings };
  }
}

interface Judgement {
  readonly failure?: FailureClass;
  readonly message?: string;
  readonly assertions: Attempt['assertions'];
  readonly captured?: ReadonlyMap<string, string>;
}

/** No judgement of one answer takes longer. */
const JUDGING_MS = 1_000;

async function judge(
  { check, assertions }: ReadyCheck,
  { subject, timings }: Extract<ProbeResult, { ok: true }>,
  { clock, budget, keeper }: AttemptContext,
): Promise<Judgement> {
  const limitMs = Math.min(JUDGING_MS, budget.deadlineAt - clock.now());
  // What a suite or a server makes slow to judge holds up the whole process: after the deadline nothing is begun any more.
  if (limitMs <= 0) return { failure: 'timeout', message: 'the answer came when the time was up', assertions: [] };
  keeper.addLikely(cookieSecrets(subject));
  const captures = Object.keys(check.capture).length > 0;
  if (captures) await rememberSecrets(check, subject, { keeper, limitMs });
  const now = clock.now();
  const leftMs = Math.min(JUDGING_MS, budget.deadlineAt - now);
  const results = await evaluate(assertions, subject, { now, durationMs: timings.totalMs, limitMs: leftMs });
  const failure = failureOf(assertions, results, subject);
  if (failure !== undefined) return { failure, assertions: results };
  if (!captures) return { assertions: results };
  const captured = await capture(check.capture, subject, Math.min(JUDGING_MS, budget.deadlineAt - clock.now()));
  if ('problem' in captured) return { failure: 'assertion', message: captured.problem, assertions: results };
  return { assertions: results, captured: captured.values };
}

/** Also of an answer that fails: what is told of it must not tell the secret. */
async function rememberSecrets(
  { capture: captures }: Check,
  subject: Subject,
  { keeper, limitMs }: { readonly keeper: SecretKeeper; readonly limitMs: number },
): Promise<void> {
  for (const [name, each] of Object.entries(captures)) {
    if (!each.secret) continue;
    const found = await capture({ [name]: each }, subject, limitMs);
    if ('values' in found) keeper.add(found.values.values());
  }
}

function askedToWait(subject: Subject, now: number): number | undefined {
  if (subject.kind !== 'http' || (subject.status !== 429 && subject.status !== 503)) return undefined;
  const [, value] = subject.headers.find(([name]) => name.toLowerCase() === 'retry-after') ?? [];
  return parseRetryAfter(value, now);
}

function seenOf(subject: Subject): Pick<Attempt, 'status' | 'hops'> {
  if (subject.kind !== 'http') return {};
  const { status, hops } = subject;
  // Without a redirect there is nothing on the way to tell of.
  return hops.length < 2
    ? { status }
    : { status, hops: hops.map(({ url, status: each, durationMs }) => ({ url, status: each, durationMs })) };
}
