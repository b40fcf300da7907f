import { createContext, Script } from 'node:vm';

export type Timed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

const holder: { work?: () => unknown } = {};
const context = createContext(holder);
const script = new Script('work()');

/**
 * Runs synchronous work that may take for ever (a regular expression that backtracks, a path over a crafted body) and ends it after `limitMs`.
 * V8 ends whatever runs, matching included; nothing is copied, and what the work throws is thrown on. About 0.2 ms by itself.
 */
export function withinTime<T>(work: () => T, limitMs: number): Timed<T> {
  holder.work = work;
  try {
    return { ok: true, value: script.runInContext(context, { timeout: Math.max(1, Math.ceil(limitMs)) }) as T };
  } catch (error) {
    if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { ok: false };
    throw error;
  } finally {
    delete holder.work;
  }
}

/** The error of a timeout is made in the other context: it is no Error of this one. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
