/** The process is gone: whatever it was about to do did not happen, and nobody hears of it. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * What goes wrong at one call, counted over the cluster and the state store together.
 * `crash-before` and `crash-after`: kill -9 on either side of the effect. `refused`: no effect, an error. `lost`: the effect, and an error.
 * `repeated`: the effect, its answer lost on the way, and the transport's second attempt meets the first (a conflict, or "exists").
 * `interlude`: somebody else acts just before the call. `slow`: others that run at the same time get this many turns first.
 */
export type Fault =
  | { readonly kind: 'crash-before' | 'crash-after' | 'refused' | 'lost' | 'repeated' }
  | { readonly kind: 'interlude'; readonly act: () => void | Promise<void> }
  | { readonly kind: 'slow'; readonly turns: number };

/** The calls of one run, some of which go wrong. */
export class CallFaults {
  #calls = 0;
  #crashed = false;
  readonly #faults: ReadonlyMap<number, Fault>;

  /** @param faults by number of the call, from 1 */
  constructor(faults: ReadonlyMap<number, Fault> = new Map()) {
    this.#faults = faults;
  }

  get calls(): number {
    return this.#calls;
  }

  get crashed(): boolean {
    return this.#crashed;
  }

  /** @param failures how this call's adapter says that it was refused, or met its own earlier attempt */
  async around<T>(effect: () => T, failures: { readonly refusal: () => Error; readonly repeated: () => T }): Promise<T> {
    if (this.#crashed) throw new Crash();
    this.#calls += 1;
    const fault = this.#faults.get(this.#calls);
    await fault?.kind;
    if (fault?.kind === 'slow') for (let turn = 0; turn < fault.turns; turn++) await fault.turns;
    if (fault?.kind === 'crash-before') this.#crash();
    if (fault?.kind === 'refused') throw failures.refusal();
    if (fault?.kind === 'interlude') await fault.act();
    if (this.#crashed) throw new Crash();
    const result = effect();
    if (fault?.kind === 'crash-after') this.#crash();
    if (fault?.kind === 'lost') throw failures.refusal();
    return fault?.kind === 'repeated' ? failures.repeated() : result;
  }

  #crash(): never {
    this.#crashed = true;
    throw new Crash();
  }
}
