import type { KubernetesClient } from '../../kubernetes/client.ts';
import { KubernetesError, NotFoundError } from '../../kubernetes/errors.ts';
import { integerAt } from '../../kubernetes/fields.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Deadline } from '../../platform/deadline.ts';
import { BadInputError } from '../../platform/errors.ts';
import type { Outcome, Reason, Verdict } from '../verdict/outcome.ts';
import { currentPods } from '../verdict/pods/current-pods.ts';
import { hasEnded, isLeaving, isReady } from '../verdict/pods/pod-findings.ts';
import { type Observed, say } from '../verdict/scene.ts';
import { type Judge, verdictJudge } from './judge.ts';
import { type Look, observeRollout } from './observe.ts';
import type { RolloutTarget } from './target.ts';
import { holdsImage, templateImages } from './template-image.ts';

/** Between two looks, in milliseconds: soon at first, and as often as a controller moves later. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 2_000;
const GROWTH = 1.5;

export interface WaitOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** The verdict with its usual graces unless told. */
  readonly judge?: Judge;
  /** Reference that the template has to name before anything counts: `repo:tag`, `repo@digest` or a digest alone. */
  readonly image?: string;
  /** Told at the first look, and whenever what is said changes. */
  readonly onChange?: (verdict: Verdict) => void;
  /** The caller's wish to stop; its reason is thrown. */
  readonly signal?: AbortSignal;
}

export interface RolloutResult {
  /** `degraded`: it is out, and something is wrong that fails nothing. `timeout`: neither out nor failed when the time was over. */
  readonly status: 'done' | 'degraded' | 'failed' | 'blocked' | 'timeout';
  readonly kind: RolloutTarget['kind'];
  readonly namespace: string;
  readonly name: string;
  readonly reasons: readonly Reason[];
  readonly warnings: readonly string[];
  /** Those of the new revision that are not on their way out. */
  readonly pods: { readonly total: number; readonly ready: number };
  readonly elapsedMs: number;
}

const ENDS: Readonly<Record<Outcome, RolloutResult['status'] | undefined>> = {
  done: 'done',
  ignored: 'done',
  degraded: 'degraded',
  failed: 'failed',
  blocked: 'blocked',
  // It will not come up again by itself.
  terminating: 'failed',
  waiting: undefined,
};

/**
 * Looks at a workload until it is rolled out, has failed, is blocked, or the time is over. What is bound to fail ends the wait at once.
 * All graces count from the timestamps of the objects, so a wait that is taken up again elsewhere ends when the first would have.
 * @throws KubernetesError when the workload cannot be read for a reason that waiting does not mend; a missing workload is one
 */
export async function waitForRollout(target: RolloutTarget, options: WaitOptions): Promise<RolloutResult> {
  const { clock, deadline, onChange } = options;
  const began = clock.now();
  let last: Judged | undefined;
  let told = '';
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, wait * GROWTH)) {
    last = await nextLook(target, options, last);
    const said = JSON.stringify(last.verdict);
    if (said !== told) onChange?.(last.verdict);
    told = said;
    const status = ENDS[last.verdict.outcome] ?? (deadline.expired() ? 'timeout' : undefined);
    if (status !== undefined) return resultOf(target, last, { status, elapsedMs: clock.now() - began });
    await pause(options, wait);
  }
}

interface Judged {
  readonly verdict: Verdict;
  readonly look: Look;
  /** Of this wait, not of the rollout. */
  readonly warnings: readonly string[];
}

async function nextLook(target: RolloutTarget, options: WaitOptions, last: Judged | undefined): Promise<Judged> {
  try {
    return await lookOnce(target, options, last);
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof NotFoundError && last !== undefined) return { ...last, verdict: gone(target) };
    if (options.deadline.expired()) return last ?? unseen(target, 'the time was over before the first look was');
    if (!(error instanceof KubernetesError) || !error.retryable) throw error;
    // A server that does not answer for a moment is no failure of the rollout.
    return { ...(last ?? unseen(target, '')), verdict: say({ ref: refOf(target) }, 'waiting', 'NoAnswer', error.message) };
  }
}

async function lookOnce(target: RolloutTarget, options: WaitOptions, last: Judged | undefined): Promise<Judged> {
  const { client, clock, deadline, judge = verdictJudge() } = options;
  const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
  const needsEvents = (observed: Observed): boolean => ['waiting', 'failed'].includes(judge(observed, clock.now()).outcome);
  const look = await observeRollout(client, target, { signal, needsEvents });
  const verdict = missingImage(target, look, options) ?? judge(look.observed, clock.now());
  return { verdict, look, warnings: last?.warnings ?? shortTime(target, look, { verdict, deadline }) };
}

/** The template that is asked for is not there yet: whatever is rolled out is something else. */
function missingImage(target: RolloutTarget, { observed }: Look, { image }: WaitOptions): Verdict | undefined {
  if (image === undefined) return undefined;
  const images = templateImages(observed.object);
  if (images.length === 0 && target.kind === 'Rollout') {
    throw new BadInputError(`cannot tell which image ${refOf(target)} runs: its template is elsewhere (workloadRef)`, {
      hint: 'wait for it without an image',
    });
  }
  if (holdsImage(images, image)) return undefined;
  return say(
    { ref: refOf(target) },
    'waiting',
    'OldTemplate',
    `the new template is not there yet: it runs ${images.join(', ') || 'nothing'}, and not ${image}`,
  );
}

/** A wait that ends before the rollout's own deadline calls a slow rollout a failed one. */
function shortTime(
  target: RolloutTarget,
  { observed }: Look,
  now: { readonly verdict: Verdict; readonly deadline: Deadline },
): readonly string[] {
  if (target.kind !== 'Deployment' || now.verdict.outcome !== 'waiting') return [];
  const seconds = integerAt(observed.object, 'spec', 'progressDeadlineSeconds') ?? 600;
  const left = Math.round(now.deadline.remainingMs() / 1_000);
  // The greatest 32-bit number is Kubernetes' word for none.
  if (left >= seconds || seconds >= 2 ** 31 - 1) return [];
  return [`${refOf(target)} may take ${seconds} s between two steps (progressDeadlineSeconds), and the wait ends after ${left} s`];
}

async function pause({ clock, deadline, signal }: WaitOptions, wait: number): Promise<void> {
  // One last look is taken when the time is over.
  await clock.sleep(Math.min(wait, deadline.remainingMs()), signal);
}

function resultOf(
  target: RolloutTarget,
  { verdict, look, warnings }: Judged,
  end: Pick<RolloutResult, 'status' | 'elapsedMs'>,
): RolloutResult {
  const pods = currentPods(target.kind, look.observed).filter((pod) => !isLeaving(pod) && !hasEnded(pod));
  return {
    status: end.status,
    ...target,
    reasons: verdict.reasons,
    // It explains an end for want of time; who did not run out of time need not hear of it.
    warnings: [...new Set([...(end.status === 'timeout' ? warnings : []), ...look.unseen, ...verdict.warnings])],
    pods: { total: pods.length, ready: pods.filter(isReady).length },
    elapsedMs: end.elapsedMs,
  };
}

function gone(target: RolloutTarget): Verdict {
  return say({ ref: refOf(target) }, 'failed', 'NotFound', 'it was deleted while it was waited for');
}

function unseen(target: RolloutTarget, message: string): Judged {
  return {
    verdict: say({ ref: refOf(target) }, 'waiting', 'NoAnswer', message),
    look: { observed: { object: undefined }, unseen: [] },
    warnings: [],
  };
}

function refOf({ kind, name }: RolloutTarget): string {
  return `${kind}/${name}`;
}
