/** The kinds whose rollout can be waited for; `Rollout` is that of Argo Rollouts. */
export const ROLLOUT_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Rollout'] as const;

export type RolloutKind = (typeof ROLLOUT_KINDS)[number];
