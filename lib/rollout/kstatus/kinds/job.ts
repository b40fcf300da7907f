import { type Fields, isFields } from '../../../kubernetes/fields.ts';
import { type Condition, conditionsOf } from '../conditions.ts';
import { integerAt, textAt } from '../nested.ts';
import { current, failed, inProgress, type KstatusResult } from '../result.ts';

/** A Job that runs or retries is current, whatever it has lost; FailureTarget is not read. */
export function jobStatus(object: Fields): KstatusResult {
  for (const condition of conditionsOf(object)) {
    const ended = condition.status === 'True' ? endStatus(object, condition) : undefined;
    if (ended) return ended;
  }
  if (textAt(object, ['status', 'startTime'], '') === '') return inProgress('JobNotStarted', 'Job not started');
  const count = (field: string): number => integerAt(object, ['status', field], 0);
  return current(`Job in progress. success:${count('succeeded')}, active: ${count('active')}, failed: ${count('failed')}`);
}

/** A suspended Job is as it should be only when it was asked to be; since cli-utils#668, which v0.37 does not have yet. */
function endStatus(object: Fields, { type }: Condition): KstatusResult | undefined {
  const completions = integerAt(object, ['spec', 'completions'], integerAt(object, ['spec', 'parallelism'], 1));
  const count = (field: string): number => integerAt(object, ['status', field], 0);
  if (type === 'Complete') return current(`Job Completed. succeeded: ${count('succeeded')}/${completions}`);
  if (type === 'Failed') return failed('JobFailed', `Job Failed. failed: ${count('failed')}/${completions}`);
  if (type === 'Suspended' && isFields(object.spec) && object.spec.suspend === true) return current('Job is suspended');
  return undefined;
}
