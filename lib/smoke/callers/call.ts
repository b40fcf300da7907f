/** Who asked, and so how the answer has to be given. */
export type Caller =
  | { readonly kind: 'plain' }
  | { readonly kind: 'code-pipeline'; readonly jobId: string }
  | { readonly kind: 'code-deploy'; readonly deploymentId: string; readonly executionId: string }
  /** `details` is what the service hands in again with each call. */
  | { readonly kind: 'ecs'; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'flagger' }
  | { readonly kind: 'argo' }
  /** A path of the function's URL that nothing answers to. */
  | { readonly kind: 'stray-http' };

export type CallerKind = Caller['kind'];

/** An event of any platform, read. */
export interface Call {
  readonly caller: Caller;
  /** The job's own event, not yet checked. */
  readonly event: unknown;
  /** What an earlier call of the same proof left with the platform, not yet checked. */
  readonly token?: string;
  /** Why the event cannot be read: then `event` is one that the job refuses. The platform is told. */
  readonly problem?: string;
  /** What the caller showed to prove itself, where the way in is open to everybody. */
  readonly credential?: string;
}
