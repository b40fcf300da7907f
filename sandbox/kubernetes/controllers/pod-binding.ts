import { createHash } from 'node:crypto';
import { type ApiObject, copyOf } from '../api-object.ts';
import { listAt, objectAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { nowIn, type World } from '../verbs/world.ts';
import { conditions } from './pod-status.ts';
import { recordEvent } from './record-event.ts';

/** The scheduler's part: a new pod gets one of the nodes that its nodeSelector allows, or stays Pending and says why. */
export function bindPod(world: World, pod: ApiObject): void {
  const nodes = world.store.list(builtin('nodes'));
  const wanted = Object.entries(objectAt(pod, 'spec', 'nodeSelector') ?? {});
  const fitting = nodes.filter((node) => wanted.every(([key, value]) => node.metadata.labels?.[key] === value));
  if (wanted.length > 0 && fitting.length === 0) {
    reject(world, pod, nodes.length);
    return;
  }
  const digest = createHash('sha256').update(pod.metadata.name).digest();
  const node = fitting[(digest[0] ?? 0) % Math.max(1, fitting.length)]?.metadata.name ?? 'sandbox-node';
  const bound = copyOf(pod);
  bound.spec = { ...objectAt(bound, 'spec'), nodeName: node };
  bound.status = { ...objectAt(bound, 'status'), conditions: conditions(['PodScheduled'], 'True', nowIn(world)) };
  // Binding is a door of its own on a real server; here it is one write of spec and status.
  world.store.put(builtin('pods'), bound);
}

function reject(world: World, pod: ApiObject, nodes: number): void {
  if (listAt(pod, 'status', 'conditions').some((condition) => textAt(condition, 'reason') === 'Unschedulable')) return;
  const message = `0/${nodes} nodes are available: ${nodes} node(s) didn't match Pod's node affinity/selector.`;
  const next = copyOf(pod);
  const [scheduled] = conditions(['PodScheduled'], 'False', nowIn(world), 'Unschedulable');
  next.status = { ...objectAt(next, 'status'), conditions: [{ ...scheduled, message }] };
  world.store.put(builtin('pods'), next);
  recordEvent(world, pod, { reason: 'FailedScheduling', message, component: 'default-scheduler' });
}
