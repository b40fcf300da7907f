/** Bounds what is in flight; waiting is first come, first served. */
export interface Slots {
  /** Runs `work` as soon as a slot is free; an abort while waiting rejects with the signal's reason. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  readonly busy: number;
}

export function createSlots(limit: number): Slots {
  const waiting = new Set<() => void>();
  let busy = 0;

  const acquire = (signal?: AbortSignal): Promise<void> => {
    if (busy < limit) {
      busy++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        waiting.delete(enter);
        reject(signal?.reason);
      };
      const enter = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      waiting.add(enter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  };
  /** The slot goes straight to whoever waits longest, so that `busy` never dips in between. */
  const release = (): void => {
    const [next] = waiting;
    if (!next) {
      busy--;
      return;
    }
    waiting.delete(next);
    next();
  };

  return {
    get busy() {
      return busy;
    },
    async run(work, signal) {
      signal?.throwIfAborted();
      await acquire(signal);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
