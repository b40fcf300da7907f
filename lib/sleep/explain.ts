import { messageOf, type NightshiftError } from '../platform/errors.ts';

/** What failed, why, and what to do. */
export function explain(error: NightshiftError): string {
  return error.hint ? `${messageOf(error)} (${error.hint})` : messageOf(error);
}
