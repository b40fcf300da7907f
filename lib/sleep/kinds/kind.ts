import type { KubernetesObject } from '@kubernetes/client-node';
import type { Resource } from '../../kubernetes/client.ts';
import type { PodRequests } from '../pod-requests.ts';
import type { SleepPolicy } from '../policy.ts';

/** Everything that differs between the kinds that can sleep. A new kind is a new adapter in the table of `kinds.ts`. */
export interface KindAdapter {
  readonly resource: Resource;
  /** Order of waking, small first; sleep runs in reverse, so that what others need goes last and comes first. */
  readonly stage: number;
  /** Whether its size counts Pods, so that `downtime-replicas` means something for it. */
  readonly scalable: boolean;
  /** Live size: replicas, or 1 and 0 for running and suspended. */
  sizeOf(object: KubernetesObject): number;
  /** What each Pod that its size counts asks for; undefined when that is nothing, or its size counts none. */
  requestsOf(object: KubernetesObject): PodRequests | undefined;
  /** The part of a merge patch that gives the object this size. */
  resize(size: number): Readonly<Record<string, unknown>>;
  /** Reads an original as any downscaler writes it; undefined when it cannot be read as a size of 0 or more. */
  parseOriginal(text: string): number | undefined;
  formatOriginal(size: number, format: SleepPolicy['stateFormat']): string;
  /** A size in words: `3 replicas`, `suspended`. */
  describe(size: number): string;
}
