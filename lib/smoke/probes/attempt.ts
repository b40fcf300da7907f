import { LONGEST_TIMER_MS } from '../../platform/hard-stop.ts';
import type { ProbeLimits, Timings } from '../probe.ts';
import { ProbeFailure } from './probe-failure.ts';
import { type Listener, listenFor, stopListening } from './shared-listener.ts';

/** What a probe is busy with; tells where its time went when it runs out. */
export type Phase = 'dns' | 'connect' | 'tls' | 'wait' | 'receive';

type Phases = Partial<Record<`${Phase}Ms`, number>>;

const FIELDS = { dns: 'dnsMs', connect: 'connectMs', tls: 'tlsMs', wait: 'waitMs', receive: 'receiveMs' } as const;

/** One probe on its way: the only timer, what destroys what it opened, and the times of its phases. */
export class Attempt implements Listener {
  readonly limits: ProbeLimits;
  /** What was tried, in a message: method and origin, or kind and host. */
  label: string;
  phase: Phase = 'dns';
  remoteAddress: string | undefined;
  readonly #start = performance.now();
  readonly #phases: Phases = {};
  readonly #waiting = new Set<(why: ProbeFailure) => void>();
  readonly #timer: NodeJS.Timeout;
  #over: ProbeFailure | undefined;
  #controller: AbortController | undefined;

  constructor(limits: ProbeLimits, label: string) {
    this.limits = limits;
    this.label = label;
    this.#timer = setTimeout(expire, Math.min(Math.max(0, limits.timeoutMs), LONGEST_TIMER_MS), this);
    if (limits.signal.aborted) this.onAbort();
    else listenFor(limits.signal, this);
  }

  /** Why the attempt has no more time, of class `timeout`: once its limit is reached, or the run has ended. */
  get over(): ProbeFailure | undefined {
    return this.#over;
  }

  /** Aborts with {@link over}. Made for those who ask: a request on a kept connection does without, for signals are dear. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.#over) controller.abort(this.#over);
    }
    return this.#controller.signal;
  }

  /** Calls when the time is up, at once when it is already. */
  whenOver(call: (why: ProbeFailure) => void): void {
    if (this.#over) call(this.#over);
    else this.#waiting.add(call);
  }

  /** Undoes {@link whenOver}. */
  forget(call: (why: ProbeFailure) => void): void {
    this.#waiting.delete(call);
  }

  /** The run has ended. */
  onAbort(): void {
    this.#giveUp(runOver());
  }

  /** The time limit is reached. */
  expire(): void {
    this.#giveUp(timedOut(this.phase, this.limits.timeoutMs));
  }

  #giveUp(why: ProbeFailure): void {
    if (this.#over) return;
    this.#over = why;
    this.#controller?.abort(why);
    for (const call of this.#waiting) call(why);
    this.#waiting.clear();
  }

  /** Adds the time since `start` (of `performance.now()`) to a phase; with redirects a phase takes place several times. */
  took(phase: Phase, start: number): void {
    const field = FIELDS[phase];
    this.#phases[field] = (this.#phases[field] ?? 0) + performance.now() - start;
  }

  timings(): Timings {
    return { ...this.#phases, totalMs: performance.now() - this.#start };
  }

  /** Lets go of timer and signal. */
  end(): void {
    clearTimeout(this.#timer);
    stopListening(this.limits.signal, this);
  }
}

function expire(attempt: Attempt): void {
  attempt.expire();
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
