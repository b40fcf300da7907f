/** For how long a trouble that may heal by itself is waited for, in milliseconds, counted from the timestamps that the objects carry. */
export interface VerdictPolicy {
  /** `ErrImagePull`, `ImagePullBackOff`: a registry may falter, or be a moment behind the push. */
  readonly imagePullMs: number;
  /** `CreateContainerConfigError` and its kin, volumes included: a Secret may be applied a moment after the Deployment that needs it. */
  readonly containerErrorMs: number;
  /** `CrashLoopBackOff`: the kubelet says so after the second exit only. */
  readonly crashLoopMs: number;
  /** `InvalidImageName`, `ErrImageNeverPull`: nothing mends these but a new template. */
  readonly hopelessMs: number;
  /** No node has room; long enough for an autoscaler to say that it reacts. */
  readonly unschedulableMs: number;
  /** From the moment an autoscaler said that it adds a node, until that node is there. */
  readonly scaleUpMs: number;
  /** How old an Event may be to speak of what happens now. */
  readonly eventMs: number;
}

export const DEFAULT_VERDICT_POLICY: VerdictPolicy = {
  imagePullMs: 30_000,
  containerErrorMs: 30_000,
  crashLoopMs: 0,
  hopelessMs: 0,
  unschedulableMs: 2 * 60_000,
  scaleUpMs: 10 * 60_000,
  eventMs: 5 * 60_000,
};
