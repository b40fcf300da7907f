/** Why an action failed, in CodePipeline's words: a failed check is JobFailed, bad configuration ConfigurationError, a 403 PermissionError. */
export type JobFailureType =
  | 'JobFailed'
  | 'ConfigurationError'
  | 'PermissionError'
  | 'RevisionOutOfSync'
  | 'RevisionUnavailable'
  | 'SystemUnavailable';

interface Shown {
  /** One line for the pipeline's console. */
  readonly summary?: string;
  /** What the run is called elsewhere: its run id. */
  readonly externalExecutionId?: string;
}

/** Over, and well. Later actions read the variables. */
export interface JobSucceeded extends Shown {
  readonly kind: 'succeeded';
  readonly variables?: Readonly<Record<string, string>>;
}

/** Not over: CodePipeline calls again with the token, in a job of another id. There are no variables before the end. */
export interface JobContinued extends Shown {
  readonly kind: 'continued';
  readonly token: string;
  /** 0 to 100. */
  readonly percentComplete?: number;
}

export interface JobFailed {
  readonly kind: 'failed';
  readonly type: JobFailureType;
  readonly message: string;
  readonly externalExecutionId?: string;
}

export type JobResult = JobSucceeded | JobContinued | JobFailed;

/** Answers jobs of CodePipeline's Lambda action, each once. */
export interface JobResults {
  /** Sends the answer one time. @throws ResultError */
  put(jobId: string, result: JobResult, signal?: AbortSignal): Promise<void>;
}
