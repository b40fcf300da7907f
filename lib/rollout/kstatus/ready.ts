import type { Fields } from '../../kubernetes/fields.ts';
import { conditionsOf } from './conditions.ts';
import { current, inProgress, type KstatusResult } from './result.ts';

/** What a Ready condition says of a kind without rules of its own; values other than the three are passed over. */
export function readyStatus(object: Fields): KstatusResult | undefined {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (type !== 'Ready') continue;
    if (status === 'True') return current('Resource is Ready');
    if (status === 'False' || status === 'Unknown') return inProgress(reason, message);
  }
  return undefined;
}
