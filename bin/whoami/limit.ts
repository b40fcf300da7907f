import { DeadlineError } from '../../lib/platform/errors.ts';

/** Long enough for a login that a plugin renews, short enough for a person who waits. */
export const DEFAULT_LIMIT_MS = 60_000;

/** Aborts when the command is interrupted, or when its time is over. */
export function limitOf(limitMs: number, interrupted: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const expire = (): void => {
    controller.abort(new DeadlineError(`no answer within ${limitMs} ms`, { hint: 'allow more time with --timeout' }));
  };
  setTimeout(expire, limitMs).unref();
  return AbortSignal.any([interrupted, controller.signal]);
}
