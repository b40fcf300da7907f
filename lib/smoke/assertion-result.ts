/** One thing that was asked of an answer. Texts are for people, capped, and not yet redacted. */
export interface AssertionResult {
  readonly ok: boolean;
  /** What was asked, in the words of the suite: `jsonPath $.version equals 2.4.1`. */
  readonly assertion: string;
  readonly expected: string;
  readonly actual: string;
  /** A latency that is worth telling but fails nothing. */
  readonly degraded?: true;
}
