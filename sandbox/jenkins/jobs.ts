export type BuildResult = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT' | 'ABORTED';

/** A job, and how its builds go. */
export interface SandboxJob {
  /** Absent for a job that is not parameterized. */
  readonly parameters?: readonly { readonly name: string; readonly type?: 'string' | 'password' | 'file' }[];
  /** `false`: disabled, answers 409. */
  readonly buildable?: boolean;
  /** Milliseconds that its items wait in the queue; `Infinity` for one that nothing can run. @default 0 */
  readonly queueMs?: number;
  /** @default Waiting for next available executor */
  readonly why?: string;
  readonly stuck?: boolean;
  /** Milliseconds that its builds run; `Infinity` for one that never ends. @default 0 */
  readonly durationMs?: number;
  /** @default SUCCESS */
  readonly result?: BuildResult;
  /** What the console says; each part appears an equal share of the way through. */
  readonly console?: readonly (string | Buffer)[];
  /** What the user may do with it; without `read` it does not exist for them. @default build */
  readonly permission?: 'none' | 'read' | 'build';
}

export interface QueueItem {
  readonly id: number;
  readonly job: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Epoch milliseconds. */
  readonly queuedAt: number;
  /** When it left the queue, by starting or by being cancelled; Infinity as long as it waits. */
  leavesAt: number;
  cancelled: boolean;
  build?: number;
}

export interface SandboxBuild {
  readonly job: string;
  readonly number: number;
  readonly item: QueueItem;
  readonly startedAt: number;
  endsAt: number;
  result: BuildResult;
}
