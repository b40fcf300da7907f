import { createHash } from 'node:crypto';
import type { CoreV1Event } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../kubernetes/client.ts';
import { ConflictError, ForbiddenError, InvalidRequestError, NotFoundError } from '../kubernetes/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Deadline } from '../platform/deadline.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { mapLimit } from '../platform/map-limit.ts';
import { adapterOf, type KindName } from './kinds/kinds.ts';

const eventResource: Resource = { group: '', version: 'v1', plural: 'events', kind: 'Event', namespaced: true };

/** More than this in one run is one mistake told many times; the report has them all. */
const mostPerRun = 200;

/** What `kubectl describe` should show on an object. */
export interface ObjectEvent {
  readonly kind: KindName | 'Namespace';
  /** Empty for a Namespace. */
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, as Events have it. */
  readonly reason: string;
  readonly message: string;
}

export interface EventOptions {
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly log: Log;
}

/**
 * Writes Events, best effort: their absence must not fail a run. The name is made of what is said and of the day, so that a
 * reconcile tick that says the same thing again is answered with a conflict and nobody reads it ninety times.
 */
export async function writeEvents(client: KubernetesClient, events: readonly ObjectEvent[], options: EventOptions): Promise<void> {
  let broken: unknown;
  let refused: unknown;
  const refusals = new Map<string, unknown>();
  await mapLimit(events.slice(0, mostPerRun), 4, async (event) => {
    const home = homeOf(event);
    if (broken !== undefined || refusals.has(home) || options.deadline.expired()) return;
    try {
      await client.create(eventResource, eventObject(event, home, options.clock.now()), { signal: options.deadline.signal });
    } catch (error) {
      if (error instanceof ConflictError) return;
      // An Event that is refused, a namespace that is gone, or going, or closed to us, says nothing about the others; a server in trouble does.
      if (error instanceof InvalidRequestError) refused ??= error;
      else if (error instanceof NotFoundError || error instanceof ForbiddenError) refusals.set(home, error);
      else broken ??= error;
    }
  });
  const refusal = broken ?? refused ?? [...refusals.values()][0];
  if (refusal === undefined) return;
  const namespaces = broken === undefined && refusals.size > 0 ? { namespaces: [...refusals.keys()] } : {};
  options.log.warn('events could not be written', { cluster: client.cluster, ...namespaces, reason: messageOf(refusal) });
}

/** Events about a Namespace live in `default`: the API server wants the event beside its object, or there when the object has no namespace. */
function homeOf({ namespace }: ObjectEvent): string {
  return namespace === '' ? 'default' : namespace;
}

function eventObject(event: ObjectEvent, home: string, now: number): CoreV1Event {
  const { kind, namespace, name, uid, type, reason, message } = event;
  const { apiVersion } = kind === 'Namespace' ? { apiVersion: 'v1' } : apiVersionOf(kind);
  const at = new Date(now).toISOString();
  const digest = createHash('sha256')
    .update([kind, namespace, name, reason, message, at.slice(0, 10)].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: home, name: `${name.slice(0, 200).replace(/[.-]+$/, '')}.${digest}` },
    involvedObject: { apiVersion, kind, name, ...(namespace && { namespace }), ...(uid && { uid }) },
    type,
    reason,
    message: message.slice(0, 1_000),
    source: { component: 'nightshift' },
    // The model says Date, the wire says text.
    firstTimestamp: at as unknown as Date,
    lastTimestamp: at as unknown as Date,
    count: 1,
  };
}

function apiVersionOf(kind: KindName): { readonly apiVersion: string } {
  const { group, version } = adapterOf(kind).resource;
  return { apiVersion: `${group}/${version}` };
}
