/** `done` and `wait` of `kubectl rollout status --watch=false`; `error` where it ends with exit code 1. */
export type KubectlWord = 'done' | 'wait' | 'error';

/** What kubectl makes of one object. The messages are kubectl's, without the end of the line; the reasons are ours, for kubectl has none. */
export interface KubectlResult {
  readonly status: KubectlWord;
  readonly reason: string;
  readonly message: string;
}

export function done(message: string): KubectlResult {
  return { status: 'done', reason: '', message };
}

export function wait(reason: string, message: string): KubectlResult {
  return { status: 'wait', reason, message };
}

export function error(reason: string, message: string): KubectlResult {
  return { status: 'error', reason, message };
}

/** Of a strategy that rolls nothing out by itself. */
export function notRollingUpdate(): KubectlResult {
  return error('NotRollingUpdate', 'rollout status is only available for RollingUpdate strategy type');
}
