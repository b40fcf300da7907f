import type { Fields } from '../../../kubernetes/fields.ts';
import { conditionsOf } from '../conditions.ts';
import { current, failed, inProgress, type KstatusResult } from '../result.ts';

export function customResourceDefinitionStatus(object: Fields): KstatusResult {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (type === 'NamesAccepted' && status === 'False') return failed(reason, message);
    if (type !== 'Established') continue;
    if (status === 'False' && reason !== 'Installing') return failed(reason, message);
    if (status === 'True') return current('CRD is established');
  }
  return inProgress('Installing', 'Install in progress');
}
