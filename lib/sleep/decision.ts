import type { Workload } from './workload.ts';

/**
 * `sleep` and `wake` change the size and the record together, `clear` drops a record that is no longer owed,
 * `skip` leaves the object alone for a reason worth reading, `none` means it is as it should be.
 */
export type Action = 'sleep' | 'wake' | 'clear' | 'skip' | 'none';

export interface Decision {
  readonly workload: Workload;
  readonly action: Action;
  readonly from: number;
  readonly to: number;
  /** The record after the action: the original size, the text of one that cannot be read, or null for no record. */
  readonly original: number | string | null;
  readonly reason: string;
  /** False when a filter of the policy, its controller or its own deletion keeps the workload out of the night. */
  readonly takesPart: boolean;
  /** The deciding value, as it was written, and the scope that gave it. */
  readonly spec?: string;
  readonly scope?: string;
  /** What someone should mend; any makes the run degraded. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export function isChange(decision: Decision): boolean {
  return decision.action === 'sleep' || decision.action === 'wake' || decision.action === 'clear';
}
