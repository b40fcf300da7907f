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

const noticeActions = { failure: 'failed', problem: 'problem', warning: 'warning' } as const satisfies Record<Notice['kind'], string>;

/** A notice as people and programs read it, in plans and in reports. */
export interface NoticeItem {
  readonly ref: string;
  readonly action: (typeof noticeActions)[Notice['kind']];
  readonly reason: string;
  readonly [field: string]: unknown;
}

export function noticeItem(cluster: string, notice: Notice): NoticeItem {
  return { ref: noticeRef(cluster, notice), action: noticeActions[notice.kind], reason: notice.message };
}

/** A notice names its namespace, or the configuration. */
function noticeRef(cluster: string, notice: Notice): string {
  if (notice.kind === 'failure') return cluster;
  return notice.namespace === undefined ? `${cluster}/configuration` : `${cluster}/Namespace/${notice.namespace}`;
}
