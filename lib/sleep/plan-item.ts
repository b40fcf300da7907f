import type { Decision } from './decision.ts';
import type { Notice } from './plan.ts';
import { refOf } from './workload.ts';

/** A decision as people and programs read it, in plans and in reports. */
export interface PlanItem {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly action: string;
  /** Sizes: replicas; for a CronJob 1, or 0 while suspended. */
  readonly from: number;
  readonly to: number;
  /** The record on the object afterwards. */
  readonly original: number | string | null;
  readonly reason: string;
  readonly spec?: string;
  readonly scope?: string;
  /** What someone should mend, then what someone should know. */
  readonly problems?: readonly string[];
  readonly warnings?: readonly string[];
  readonly [field: string]: unknown;
}

export function planItem(decision: Decision): PlanItem {
  const { workload, action, from, to, original, reason, spec, scope, problems, warnings } = decision;
  return {
    kind: workload.kind,
    namespace: workload.namespace,
    name: workload.name,
    action,
    from,
    to,
    original,
    reason,
    ...(spec !== undefined && { spec }),
    ...(scope !== undefined && { scope }),
    ...(problems.length > 0 && { problems }),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** The item's place in a report that may speak of several clusters. */
export function reportRef(cluster: string, decision: Decision): string {
  return `${cluster}/${refOf(decision.workload)}`;
}

/** A notice names its namespace, or the configuration. */
export function noticeRef(cluster: string, notice: Notice): string {
  if (notice.kind === 'failure') return cluster;
  return notice.namespace === undefined ? `${cluster}/configuration` : `${cluster}/Namespace/${notice.namespace}`;
}
