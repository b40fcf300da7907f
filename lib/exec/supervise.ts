import type { ChildProcess } from 'node:child_process';
import { LONGEST_TIMER_MS } from '../platform/hard-stop.ts';
import { endGroup, endGroupWithProcess } from './process-group.ts';

export interface Supervision {
  /** Aborts to end the program and all of its group. */
  readonly stop: AbortSignal;
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number;
}

/** How a program came to its end. */
export type Ending =
  /** `stopped`: it was ended, and did not end by itself. */
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stopped: boolean }
  | { readonly kind: 'not-started'; readonly error: NodeJS.ErrnoException };

/** What is in the pipes when a program ends is read in no time. Only someone else who holds them makes it last longer. */
const DRAIN_MS = 1_000;
/** After the end of a group only what it wrote last is still to be read. */
const LAST_WORDS_MS = 200;
/** The kernel ends a killed process at once, unless it hangs in a device. */
const KILLED_MS = 2_000;

/**
 * Waits for the end of a program and of its group, at the latest soon after `stop` has aborted. `exit` comes when the program has ended, `close` only when every
 * holder of its pipes has let go of them, which a daemon never does: so they are destroyed when the time for the rest is over.
 */
export async function supervise(child: ChildProcess, { stop, graceMs }: Supervision): Promise<Ending> {
  const release = child.pid === undefined ? () => {} : endGroupWithProcess(child.pid);
  const ended = endingOf(child);
  const closed = eventOf(child, 'close');
  try {
    const first = await Promise.race([ended, abortOf(stop)]);
    if (first?.kind === 'not-started') return first;
    if (first) await within(Promise.race([closed, abortOf(stop)]), DRAIN_MS);
    await endGroup(child, graceMs);
    const ending = await within(ended, KILLED_MS);
    await within(closed, LAST_WORDS_MS);
    const exit = ending?.kind === 'exited' ? ending : ({ kind: 'exited', code: null, signal: 'SIGKILL' } as const);
    return { ...exit, stopped: first === undefined };
  } finally {
    release();
    for (const stream of child.stdio) stream?.destroy();
    child.unref();
  }
}

function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-started', error }));
    child.once('exit', (code, signal) => resolve({ kind: 'exited', code, signal, stopped: false }));
  });
}

function eventOf(child: ChildProcess, name: 'close'): Promise<void> {
  return new Promise((resolve) => void child.once(name, () => resolve()));
}

function abortOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** @returns undefined when the time was over first */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.min(ms, LONGEST_TIMER_MS));
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
