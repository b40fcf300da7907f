import { LONGEST_TIMER_MS } from '../../platform/hard-stop.ts';
import type { ProbeLimits, Timings } from '../probe.ts';
import { ProbeFailure } from './probe-failure.ts';

/** What a probe is busy with; tells where its time went when it runs out. */
export type Phase = 'dns' | 'connect' | 'tls' | 'wait' | 'receive';

type Phases = Partial<Record<`${Phase}Ms`, number>>;

/** One probe on its way: the only timer, the signal that destroys what it opened, and the times of its phases. */
export class Attempt {
  /** Aborts with a {@link ProbeFailure} of class `timeout`: at the time limit, or when the run ends. */
  readonly signal: AbortSignal;
  readonly limits: ProbeLimits;
  /** What was tried, in a message: method and origin, or kind and host. */
  label: string;
  phase: Phase = 'dns';
  remoteAddress: string | undefined;
  readonly #start = performance.now();
  readonly #phases: Phases = {};
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #onRunOver = (): void => this.#controller.abort(runOver());

  constructor(limits: ProbeLimits, label: string) {
    this.limits = limits;
    this.label = label;
    this.signal = this.#controller.signal;
    const expire = (): void => this.#controller.abort(timedOut(this.phase, limits.timeoutMs));
    this.#timer = setTimeout(expire, Math.min(Math.max(0, limits.timeoutMs), LONGEST_TIMER_MS));
    if (limits.signal.aborted) this.#onRunOver();
    else limits.signal.addEventListener('abort', this.#onRunOver, { once: true });
  }

  /** Adds the time since `start` (of `performance.now()`) to a phase; with redirects a phase takes place several times. */
  took(phase: Phase, start: number): void {
    this.#phases[`${phase}Ms`] = (this.#phases[`${phase}Ms`] ?? 0) + performance.now() - start;
  }

  timings(): Timings {
    return { ...this.#phases, totalMs: performance.now() - this.#start };
  }

  /** Lets go of timer and signal. */
  end(): void {
    clearTimeout(this.#timer);
    this.limits.signal.removeEventListener('abort', this.#onRunOver);
  }
}

const OUT_OF_TIME: Readonly<Record<Phase, readonly [why: (ms: number) => string, hint: string]>> = {
  dns: [(ms) => `its name was not resolved within ${ms} ms`, 'check the network and its name servers'],
  connect: [
    (ms) => `no connection within ${ms} ms`,
    'look for what drops packets: security groups, network policies, routes, a target without endpoints',
  ],
  tls: [(ms) => `the TLS handshake was not over after ${ms} ms`, 'look whether the port speaks TLS, and whether the server is overloaded'],
  wait: [(ms) => `no answer within ${ms} ms`, 'look at the health and load of the server, or allow a longer timeout'],
  receive: [
    (ms) => `the answer was not complete after ${ms} ms`,
    'look at what the server waits for in mid-answer, or allow a longer timeout',
  ],
};

function timedOut(phase: Phase, timeoutMs: number): ProbeFailure {
  const [why, hint] = OUT_OF_TIME[phase];
  return new ProbeFailure('timeout', why(timeoutMs), hint);
}

function runOver(): ProbeFailure {
  return new ProbeFailure('timeout', 'the run was over before the answer was', 'allow the suite a longer deadline');
}
