import { type Fields, isFields, textAt } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';

/** An event of EventBridge whose detail is the job's event; rules of the stack hand the job's event in as it is. */
export function readEventBridge(event: Fields): Call | undefined {
  if (textAt(event, 'detail-type') === undefined || textAt(event, 'source') === undefined) return undefined;
  const { detail } = event;
  if (isFields(detail) && ('suite' in detail || 'target' in detail))
    return { caller: { kind: 'plain' }, event: { ...sameRun(event), ...detail } };
  return {
    caller: { kind: 'plain' },
    event: {},
    problem: 'the event\'s detail names no suite: give the rule\'s target the input {"suite": "NAME"}',
  };
}

/** EventBridge may deliver an event twice: under its id both are one run. */
function sameRun(event: Fields): Fields {
  const id = textAt(event, 'id');
  return id === undefined ? {} : { runId: id };
}
