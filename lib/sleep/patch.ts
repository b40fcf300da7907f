import { originalReplicas } from './annotations.ts';
import type { Decision } from './decision.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { SleepPolicy } from './policy.ts';

/**
 * The merge patch (RFC 7386) that carries out a decision: size and record in one write, valid only for the version that was decided on.
 * A null removes the record.
 */
export function patchOf({ workload, to, from, original }: Decision, format: SleepPolicy['stateFormat']): Readonly<Record<string, unknown>> {
  const adapter = adapterOf(workload.kind);
  const record = typeof original === 'number' ? adapter.formatOriginal(original, format) : null;
  return {
    metadata: { resourceVersion: workload.resourceVersion, annotations: { [originalReplicas]: record } },
    ...(to !== from && { spec: adapter.resize(to) }),
  };
}
