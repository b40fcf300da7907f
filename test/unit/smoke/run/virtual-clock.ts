import type { Clock } from '../../../../lib/platform/clock.ts';

export const START = Date.UTC(2026, 10, 27, 3, 0, 0);

/** Time that passes only when everybody waits for it: then it is the time of whoever waits for the least. */
export function virtualClock(): Clock {
  const waiting: { readonly at: number; readonly wake: () => void }[] = [];
  let now = START;
  let moving = false;
  const move = (): void => {
    moving = false;
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.wake();
    begin();
  };
  const begin = (): void => {
    if (moving || waiting.length === 0) return;
    moving = true;
    setImmediate(move);
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const timer = { at: now + ms, wake: resolve };
        const stop = (): void => {
          const index = waiting.indexOf(timer);
          if (index >= 0) waiting.splice(index, 1);
          reject(signal?.reason);
        };
        if (signal?.aborted) return stop();
        signal?.addEventListener('abort', stop, { once: true });
        waiting.push(timer);
        begin();
      }),
  };
}
