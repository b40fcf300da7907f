/** `AbortSignal.timeout` for what arithmetic yields: it throws for fractions of milliseconds and for less than none. */
export function timeLimit(ms: number): AbortSignal {
  return AbortSignal.timeout(Math.max(0, Math.floor(ms)));
}
