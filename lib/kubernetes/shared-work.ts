import { raceSignal } from './race-signal.ts';

interface Round<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * One piece of work for all who ask while it goes on. Who stops waiting does not end it for the others; when the last one has stopped,
 * the work's own signal aborts, so that neither a request nor a process goes on for nobody.
 */
export class SharedWork<T> {
  #round: Round<T> | undefined;
  readonly #work: (signal: AbortSignal) => Promise<T>;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  /** Rejects with the signal's reason when that aborts first. */
  async join(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    this.#round ??= this.#start();
    const round = this.#round;
    round.waiting++;
    try {
      return await raceSignal(round.result, signal);
    } finally {
      round.waiting--;
      if (round.waiting === 0) this.#leave(round, signal?.reason);
    }
  }

  #start(): Round<T> {
    const controller = new AbortController();
    const round: Round<T> = { controller, waiting: 0, result: this.#work(controller.signal) };
    const done = (): void => {
      if (this.#round === round) this.#round = undefined;
    };
    round.result.then(done, done);
    return round;
  }

  /** A round that is over is no longer the current one, and has nothing left to abort. */
  #leave(round: Round<T>, reason: unknown): void {
    if (this.#round !== round) return;
    this.#round = undefined;
    round.controller.abort(reason);
  }
}
