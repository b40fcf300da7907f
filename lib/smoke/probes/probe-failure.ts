import type { ProbeResult } from '../probe.ts';

export type ProbeFailureClass = Extract<ProbeResult, { readonly ok: false }>['failure'];

/**
 * Ends a probe from inside; the prober turns it into a result and it goes no further. `why` and `hint` are clauses that complete
 * `GET https://shop.example.com failed: …; …`, and hold nothing of headers, bodies, paths or queries.
 */
export class ProbeFailure extends Error {
  readonly failure: ProbeFailureClass;
  readonly why: string;
  readonly hint: string;

  constructor(failure: ProbeFailureClass, why: string, hint: string) {
    super(why);
    this.name = 'ProbeFailure';
    this.failure = failure;
    this.why = why;
    this.hint = hint;
  }
}
