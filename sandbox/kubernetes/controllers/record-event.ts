import type { ApiObject } from '../api-object.ts';
import { builtin } from '../kinds/definitions.ts';
import { createObject } from '../verbs/create.ts';
import { nowIn, type World } from '../verbs/world.ts';

export interface EventText {
  readonly reason: string;
  readonly message: string;
  /** Who says it: `kubelet`, `default-scheduler`. */
  readonly component: string;
}

/** Writes a warning about an object. */
export function recordEvent(world: World, { apiVersion, kind, metadata }: ApiObject, { reason, message, component }: EventText): void {
  const { name, namespace, uid = '' } = metadata;
  const now = nowIn(world);
  const body = {
    metadata: { name: `${name}.${world.suffix()}` },
    involvedObject: { apiVersion, kind, name, namespace: namespace ?? '', uid },
    reason,
    message,
    type: 'Warning',
    source: { component },
    reportingComponent: component,
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
  createObject(world, builtin('events'), namespace, body, { manager: component });
}
