/** How long a call may go on, its retries and waits included. */
export interface Patience {
  readonly signal?: AbortSignal;
  /** What is left of the time budget, in milliseconds; without it only the call's own limits hold. */
  readonly remainingMs?: () => number;
}

/** What one request of `timeoutMs` may take: no longer than what is left, so that its failure can still be reported. */
export function requestTimeout(timeoutMs: number, { remainingMs }: Patience): number {
  return Math.floor(Math.min(timeoutMs, remainingMs?.() ?? timeoutMs));
}
