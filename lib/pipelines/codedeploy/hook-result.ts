/** A lifecycle hook of a deployment, as the event names it. */
export interface LifecycleHook {
  readonly deploymentId: string;
  readonly executionId: string;
}

/** Of all statuses of a hook, the two that can be put. There is no "in progress". */
export type HookStatus = 'Succeeded' | 'Failed';

/** Answers lifecycle hooks of CodeDeploy, each once. */
export interface HookResults {
  /** Sends the answer one time. @throws ResultError */
  put(hook: LifecycleHook, status: HookStatus, signal?: AbortSignal): Promise<void>;
}
