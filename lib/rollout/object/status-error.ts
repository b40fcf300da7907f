import { NightshiftError } from '../../platform/errors.ts';

/** What kept a status from being told: a field of the wrong type, or a phase that pods do not have. */
export type StatusProblem = 'InvalidField' | 'UnknownPhase';

/**
 * An object that kstatus or kubectl answers with an error instead of a status. Thrown by the pure rules; callers show it beside the status of the
 * other objects. The message names the field, and what was found there by its type.
 */
export class StatusError extends NightshiftError {
  readonly code = 'status_error';
  readonly problem: StatusProblem;

  constructor(problem: StatusProblem, why: string, hint: string) {
    super(`the status cannot be told: ${why}`, { hint });
    this.problem = problem;
  }
}

/** A field that holds something else than its type. */
export function invalidField(path: string, found: string, wanted: string): StatusError {
  return new StatusError('InvalidField', `${path} is ${found}, not ${wanted}`, 'give the object as the API server returns it');
}
