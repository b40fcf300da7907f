/** What is left of a call when its rollout or its suite has ended, for reports and records. */
const AFTERWARDS_MS = 1_500;
/** So much of a call is as much as the next one will have. */
const WHOLE = 0.9;

export interface CallTime {
  /** That the call had when it began. */
  readonly wholeMs: number;
  /** That is left of it. */
  readonly callMs: number;
  /** That is left of the whole proof. */
  readonly leftMs: number;
}

/** What a call may spend on the proof. */
export function proofMs(callMs: number): number {
  return Math.max(0, callMs - AFTERWARDS_MS);
}

/**
 * How long a suite may run: as long as it asks for, or what is left of the call or of the whole proof.
 * @returns `isEnough`: it is all that the suite asks for, or all that there ever will be
 */
export function timeFor(
  askedMs: number,
  { wholeMs, callMs, leftMs }: CallTime,
): { readonly deadlineMs: number; readonly isEnough: boolean } {
  const inCall = proofMs(callMs);
  const deadlineMs = Math.max(0, Math.min(askedMs, inCall, leftMs));
  return { deadlineMs, isEnough: deadlineMs >= askedMs || leftMs <= inCall || callMs >= wholeMs * WHOLE };
}
