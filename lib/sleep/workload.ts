import type { KindName } from './kinds/kinds.ts';
import type { PodRequests } from './pod-requests.ts';
import type { ScaleTargets } from './scale-targets.ts';

/** What a decision needs of one object; `size` is its live replica count (a CronJob's is 1, or 0 while suspended). */
export interface Workload {
  readonly kind: KindName;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Epoch ms; absent on a manifest that was never created, which counts as old. */
  readonly createdAt: number | undefined;
  /** Only those of the downscaler family. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `Kind/name` of the controller that owns it. */
  readonly controller: string | undefined;
  /** It is on its way out: nothing that is done to it lasts. */
  readonly deleting: boolean;
  readonly size: number;
  /** What each of its Pods asks for; undefined when that is nothing, and for kinds whose size counts no Pods. */
  readonly requests: PodRequests | undefined;
}

export interface NamespaceFacts {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** One look at a cluster. */
export interface Observation {
  readonly workloads: readonly Workload[];
  readonly namespaces: readonly NamespaceFacts[];
  /** `namespace/name` of a live Pod that asks for everything to stay up; looked for only under `podForceUptime`. */
  readonly podForcingUptime: string | undefined;
  /** What KEDA scales. */
  readonly scaleTargets: ScaleTargets;
  /** What could not be looked at; the rest of the cluster was. */
  readonly unseen: readonly Unseen[];
}

/** What could not be looked at, and why. */
export interface Unseen {
  readonly message: string;
  /**
   * `failure`: it was asked for by name, or may answer another time, so the run has not done all of its job. `problem`: it is closed to us,
   * and may be meant so. `warning`: it may well not be there.
   */
  readonly kind: 'failure' | 'problem' | 'warning';
}

/** Names a workload for people and for the ledger. */
export function refOf(workload: { readonly namespace: string; readonly kind: string; readonly name: string }): string {
  return `${workload.namespace}/${workload.kind}/${workload.name}`;
}
