import { type Fields, isFields } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';
import { inSteps } from './code-pipeline-event.ts';
import { eventOfText } from './suite-words.ts';

/** Where the hook's details hold what we left there at the call before. */
export const TOKEN_DETAIL = 'nightshiftToken';

/**
 * A lifecycle hook of ECS itself (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html). Its `hookDetails`
 * are written in the service's definition, as the job's event (`{"suite": "shop"}`), and come back with what the last answer added.
 */
export function readEcs(event: Fields): Call | undefined {
  // No other platform sends one of these, and a report in place of an answer would be taken for a broken hook.
  if (!['lifecycleStage', 'hookDetails', 'executionDetails'].some((field) => field in event)) return undefined;
  const read = detailsOf(event.hookDetails);
  const { [TOKEN_DETAIL]: token, ...rest } = read.details;
  return {
    caller: { kind: 'ecs', details: rest },
    ...inSteps({ event: rest, ...(read.problem !== undefined && { problem: read.problem }) }),
    ...(typeof token === 'string' && { token }),
  };
}

/** CloudFormation hands the details in as text. */
function detailsOf(value: unknown): { readonly details: Fields; readonly problem?: string } {
  if (isFields(value)) return { details: value };
  if (typeof value !== 'string') return { details: {}, problem: 'hookDetails name no suite: give the hook the details {"suite": "NAME"}' };
  const { event, problem } = eventOfText(value, 'hookDetails');
  return { details: isFields(event) ? event : {}, ...(problem !== undefined && { problem }) };
}
