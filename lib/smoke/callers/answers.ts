import type { HookStatus, LifecycleHook } from '../../pipelines/codedeploy/hook-result.ts';
import type { JobResult } from '../../pipelines/codepipeline/job-result.ts';
import type { Journal } from '../../records/journal.ts';

/** How long sending may go on, in milliseconds. */
export interface Patience {
  readonly remainingMs: () => number;
}

/** The ways to those who wait for an answer. */
export interface Answers {
  /** Absent where there is no table. @throws when it cannot be reached */
  readonly journal: () => Promise<Journal | undefined>;
  /** @throws ResultError */
  readonly putJob: (jobId: string, result: JobResult, patience: Patience) => Promise<void>;
  /** @throws ResultError */
  readonly putHook: (hook: LifecycleHook, status: HookStatus, patience: Patience) => Promise<void>;
  /** Whether a caller of the URL has shown the token; nobody has where none is configured. @throws ParameterError */
  readonly isKnown: (credential: string | undefined) => Promise<boolean>;
}
