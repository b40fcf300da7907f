import { type Fields, fieldsAt, isFields, textAt } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';
import { eventOfText } from './suite-words.ts';

/**
 * A Lambda invoke action (https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html). `UserParameters` says
 * what to prove; the action waits for a result by the job's id, whatever is wrong with them. The artifacts and their credentials are not looked at.
 */
export function readCodePipeline(event: Fields): Call | undefined {
  const job = event['CodePipeline.job'];
  if (!isFields(job)) return undefined;
  const jobId = textAt(job, 'id');
  if (jobId === undefined)
    return { caller: { kind: 'plain' }, event: {}, problem: 'the CodePipeline job has no id, so nobody can be answered' };
  const data = fieldsAt(job, 'data');
  const parameters = textAt(fieldsAt(fieldsAt(data, 'actionConfiguration'), 'configuration'), 'UserParameters');
  const token = textAt(data, 'continuationToken');
  return {
    caller: { kind: 'code-pipeline', jobId },
    ...inSteps(eventOfText(parameters, 'UserParameters of the action')),
    ...(token !== undefined && { token }),
  };
}

/** The pipeline calls again: a run that ends before the rollout does is no failure. */
export function inSteps(read: Pick<Call, 'event' | 'problem'>): Pick<Call, 'event' | 'problem'> {
  return isFields(read.event) ? { ...read, event: { ...read.event, inSteps: true } } : read;
}
