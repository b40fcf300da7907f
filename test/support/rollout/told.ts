import { kstatusCompat } from '../../../lib/rollout/kstatus/kstatus-compat.ts';
import { kubectlRolloutStatus } from '../../../lib/rollout/kubectl/kubectl-rollout-status.ts';
import { StatusError } from '../../../lib/rollout/object/status-error.ts';
import { NOW } from '../vectors/status-objects.ts';

/** kstatus in one line: `Status`, `Status (Reason)`, or `error` and the field at fault. */
export function kstatusTold(object: unknown, now = NOW): string {
  try {
    const { status, reason } = kstatusCompat(object, now);
    return reason === '' ? status : `${status} (${reason})`;
  } catch (error) {
    if (error instanceof StatusError) return `error: ${error.message.replace('the status cannot be told: ', '')}`;
    throw error;
  }
}

export function kstatusMessage(object: unknown, now = NOW): string {
  return kstatusCompat(object, now).message;
}

/** kubectl in one line: `word (Reason)`. */
export function kubectlTold(object: unknown): string {
  const { status, reason } = kubectlRolloutStatus(object);
  return reason === '' ? status : `${status} (${reason})`;
}
