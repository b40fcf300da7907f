import type { FailureClass } from './failure-class.ts';
import type { Subject } from './subject.ts';

/** Milliseconds; a phase that did not take place (a kept connection, no TLS) is absent. */
export interface Timings {
  readonly dnsMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  /** From the request sent to the first byte of the answer. */
  readonly waitMs?: number;
  readonly receiveMs?: number;
  readonly totalMs: number;
}

/** One attempt's observation. What is wrong with the other side is a value and not an exception. */
export type ProbeResult =
  | { readonly ok: true; readonly subject: Subject; readonly timings: Timings; readonly remoteAddress?: string }
  | {
      readonly ok: false;
      readonly failure: Extract<FailureClass, 'dns' | 'connect' | 'tls' | 'timeout' | 'refused' | 'limit' | 'protocol'>;
      /** What failed: why; what to do. Free of secrets. */
      readonly message: string;
      readonly timings: Timings;
      readonly remoteAddress?: string;
    };

/** Ends by itself at `timeoutMs`, whatever the other side does. */
export interface ProbeLimits {
  readonly timeoutMs: number;
  /** Of the decoded body; beyond it the probe fails with `limit`. */
  readonly maxBodyBytes: number;
  /**
   * Takes no kept connection and keeps none: behind a load balancer of layer 4 (kube-proxy, NLB) a kept connection always reaches the same pod, so answers
   * that are to prove something of all pods need a new one each.
   */
  readonly fresh?: boolean;
  readonly signal: AbortSignal;
}
