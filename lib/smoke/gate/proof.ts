import type { Identity } from '../../rollout/live/identity.ts';
import type { RolloutTarget } from '../../rollout/live/target.ts';
import type { RolloutResult } from '../../rollout/live/wait.ts';
import type { SuiteResult } from '../suite-result.ts';

/** What was to be proved: of which application, in which version, by which digest. */
export interface Claim {
  readonly target?: RolloutTarget & { readonly cluster: string };
  /** The name of the suite; none when only a rollout is proved. */
  readonly suite?: string;
  readonly app?: string;
  readonly version?: string;
  readonly digest?: string;
}

/** What came out of it. A step that was not reached is absent. */
export interface Proof {
  readonly claim: Claim;
  /** Why the release must not be what answers, whatever the cluster says. */
  readonly objection?: string;
  readonly rollout?: RolloutResult;
  readonly identity?: Identity;
  readonly suite?: SuiteResult;
  /** What could not be looked up or is known less well than it might be; each makes the proof a degraded one. */
  readonly warnings: readonly string[];
  /** Why the proof goes on in a further call; absent when it has ended, one way or the other. */
  readonly unfinished?: string;
}

/** Whether a rollout has left its pods answering. */
export function isOut({ status }: Pick<RolloutResult, 'status'>): boolean {
  return status === 'done' || status === 'degraded';
}
