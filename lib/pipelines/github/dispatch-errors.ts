import { type BadAnswerError, InvalidTriggerError, UncertainTriggerError, type UnreachableError } from '../errors.ts';
import type { WireAnswer } from '../http/send.ts';
import type { WorkflowDispatch } from './dispatch-workflow.ts';

/** A 400 that is not about run details. */
export function refused(dispatch: WorkflowDispatch, { status }: WireAnswer): InvalidTriggerError {
  const hint = 'compare ref and inputs with what the workflow declares';
  return new InvalidTriggerError(`GitHub did not ${whatOf(dispatch)}: it refused the request (400)`, {
    service: 'github',
    status,
    hint,
  });
}

/** Nothing was started: on this server the run could not have been told from others. */
export function notCorrelatable({ workflow }: WorkflowDispatch, name: string): InvalidTriggerError {
  const message =
    `${workflow} was not dispatched: this server does not say which run it starts, and the workflow has no input "${name}" ` +
    'to tell its run from others by';
  return new InvalidTriggerError(message, {
    service: 'github',
    status: 422,
    hint: `declare the input ${name} and show it: run-name: Deploy \${{ inputs.${name} }}; or name another input (--correlation-input), or do not wait`,
  });
}

/** The answer got lost, and the run was not found either. */
export function uncertain(
  dispatch: WorkflowDispatch,
  error: UnreachableError | BadAnswerError,
  correlated: boolean,
): UncertainTriggerError {
  const looked = correlated ? ', and no run shows the id that was sent' : '';
  return new UncertainTriggerError(`it is not known whether GitHub started ${dispatch.workflow}: ${error.message}${looked}`, {
    service: 'github',
    ...(error.status !== undefined && { status: error.status }),
    hint: 'it was not sent a second time: look at the runs of the workflow first; with --correlation-input such a run is found',
  });
}

/** What is done, for messages. */
export function whatOf({ workflow, repository }: WorkflowDispatch): string {
  return `dispatch ${workflow} of ${repository}`;
}
