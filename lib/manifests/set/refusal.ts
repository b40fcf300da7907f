import { RefusedError } from '../../platform/errors.ts';

/** Nothing was changed, because it could not be done safely. @param why what stands in the way @param hint what to do */
export function refusal(path: string, why: string, hint: string): RefusedError {
  return new RefusedError(`${path} was not set: ${why}`, { hint });
}
