/** How long a call may go on, its retries and waits included. */
export interface Patience {
  readonly signal?: AbortSignal;
  /** What is left of the time budget, in milliseconds; without it only the call's own limits hold. */
  readonly remainingMs?: () => number;
}
