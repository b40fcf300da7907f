import type { Fields } from '../../../kubernetes/fields.ts';
import { textAt } from '../nested.ts';
import { current, inProgress, type KstatusResult } from '../result.ts';

/** Whatever is not Bound is waited for, a lost claim too. */
export function persistentVolumeClaimStatus(object: Fields): KstatusResult {
  const phase = textAt(object, ['status', 'phase'], 'unknown');
  return phase === 'Bound' ? current('PVC is Bound') : inProgress('NotBound', `PVC is not Bound. phase: ${phase}`);
}
