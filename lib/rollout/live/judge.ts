import { kstatusCompat } from '../kstatus/kstatus-compat.ts';
import type { KstatusWord } from '../kstatus/result.ts';
import { withPodFailures } from '../kstatus/with-pod-failures.ts';
import { kubectlRolloutStatus } from '../kubectl/kubectl-rollout-status.ts';
import type { KubectlWord } from '../kubectl/result.ts';
import { StatusError } from '../object/status-error.ts';
import type { Outcome, Verdict } from '../verdict/outcome.ts';
import type { VerdictPolicy } from '../verdict/policy.ts';
import { type Observed, refOf, say } from '../verdict/scene.ts';
import { verdict } from '../verdict/verdict.ts';

/** What decides on a look; other tools' rules can stand in for the verdict. @param now epoch milliseconds */
export type Judge = (observed: Observed, now: number) => Verdict;

export function verdictJudge(policy?: VerdictPolicy): Judge {
  return (observed, now) => verdict(observed, now, policy);
}

const KSTATUS: Readonly<Record<KstatusWord, Outcome>> = {
  Current: 'done',
  InProgress: 'waiting',
  Failed: 'failed',
  Terminating: 'terminating',
};

/** As kstatus's poller decides, its pods included: a pod that waits for an autoscaler fails it after 15 seconds. */
export const kstatusJudge: Judge = (observed, now) => {
  const { object, pods = [] } = observed;
  try {
    const { status, reason, message } = withPodFailures({ object, result: kstatusCompat(object, now) }, pods, now);
    return say({ ref: refOf(object) }, KSTATUS[status], reason || status, message);
  } catch (error) {
    if (error instanceof StatusError) return say({ ref: refOf(object) }, 'failed', error.problem, error.message);
    throw error;
  }
};

const KUBECTL: Readonly<Record<KubectlWord, Outcome>> = { done: 'done', wait: 'waiting', error: 'failed' };

/** As `kubectl rollout status` decides, by the counters alone. */
export const kubectlJudge: Judge = ({ object }) => {
  const { status, reason, message } = kubectlRolloutStatus(object);
  return say({ ref: refOf(object) }, KUBECTL[status], reason || status, message);
};
