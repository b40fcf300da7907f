import { BadAnswerError, UnreachableError } from './errors.ts';

/**
 * Whether a request that failed like this can have been carried out all the same: its answer got lost, or something before the server (a proxy, a
 * restart) answered in its place. What the server refused itself, rate limits included, has started nothing.
 */
export function mayHaveArrived(error: unknown): error is UnreachableError | BadAnswerError {
  if (error instanceof UnreachableError) return error.sent === 'unknown';
  return error instanceof BadAnswerError && error.status !== undefined && error.status >= 500;
}
