import type { Verb } from './call.ts';

/** What a client has sent and received since it was made; bodies only, headers not counted. */
export interface TransportStats {
  /** HTTP requests by RBAC verb, retries included. */
  readonly requests: Readonly<Partial<Record<Verb, number>>>;
  /** Requests beyond the first of a call, for whatever reason. */
  readonly retries: number;
  /** TCP connections opened. */
  readonly connections: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Counts in place; `snapshot` is a copy. */
export class StatsCounter {
  #requests: Partial<Record<Verb, number>> = {};
  #retries = 0;
  #connections = 0;
  #bytesIn = 0;
  #bytesOut = 0;

  sent(verb: Verb, bytes: number, again: boolean): void {
    this.#requests[verb] = (this.#requests[verb] ?? 0) + 1;
    this.#bytesOut += bytes;
    if (again) this.#retries++;
  }

  received(bytes: number, newConnection: boolean): void {
    this.#bytesIn += bytes;
    if (newConnection) this.#connections++;
  }

  snapshot(): TransportStats {
    return {
      requests: { ...this.#requests },
      retries: this.#retries,
      connections: this.#connections,
      bytesIn: this.#bytesIn,
      bytesOut: this.#bytesOut,
    };
  }
}
