/**
 * What is to be thought of a resource after a deploy. `blocked` waits for a person, `degraded` runs but not as it should, `ignored` does not
 * count because somebody else stands in for it, `terminating` is on its way out.
 */
export const OUTCOMES = ['done', 'waiting', 'blocked', 'failed', 'degraded', 'ignored', 'terminating'] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface Reason {
  /** `Kind/name` of the resource at fault, which may be another than the one judged: a pod, a ReplicaSet. */
  readonly resource: string;
  readonly container?: string;
  /** One word, as Kubernetes has it where it has one: `ImagePullBackOff`, `LessAvailable`. */
  readonly reason: string;
  /** One line for people. */
  readonly message: string;
}

export interface Verdict {
  readonly outcome: Outcome;
  /** The most telling first; never empty. */
  readonly reasons: readonly Reason[];
  /** What people should know and nothing depends on. */
  readonly warnings: readonly string[];
}
