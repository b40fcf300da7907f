import type { CoreV1Event, KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import type { KubernetesClient } from '../../../lib/kubernetes/client.ts';
import { ForbiddenError, InvalidRequestError, NotFoundError, ServerError } from '../../../lib/kubernetes/errors.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { type ObjectEvent, writeEvents } from '../../../lib/sleep/events.ts';
import { ModelCluster } from '../../support/model-cluster.ts';
import { aPolicy, endless, runModelNight } from '../../support/model-night.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { recordingLog } from '../../support/recorders.ts';
import { aDeployment, aNamespace } from '../../support/workloads.ts';

const now = Date.parse('2026-03-30T23:00:00Z');
const clock = { ...systemClock, now: () => now };
const anEvent = (wish: Partial<ObjectEvent> = {}): ObjectEvent => ({
  kind: 'Deployment',
  namespace: 'dev',
  name: 'web',
  uid: 'u1',
  type: 'Warning',
  reason: 'SleepPolicy',
  message: 'downscaler/downtime cannot be read',
  ...wish,
});
const eventsIn = (cluster: ModelCluster): CoreV1Event[] =>
  cluster.entries().flatMap(([, object]) => (object.kind === 'Event' ? [object as unknown as CoreV1Event] : []));

/** The client, whose creations fail as told. */
function refusing(client: KubernetesClient, refusal: (object: KubernetesObject) => Error | undefined): KubernetesClient {
  return {
    ...client,
    create: async (resource, object, options) => {
      const error = refusal(object);
      if (error) throw error;
      return client.create(resource, object, options);
    },
  };
}

describe('Events', () => {
  test('stand beside their object, and name it', async () => {
    const cluster = new ModelCluster();

    await writeEvents(cluster.client(), [anEvent()], { clock, deadline: endless, log: recordingLog().log });

    expect(eventsIn(cluster)).toMatchObject([
      {
        metadata: { namespace: 'dev', name: expect.stringMatching(/^web\.[0-9a-f]{16}$/) },
        involvedObject: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'dev', name: 'web', uid: 'u1' },
        type: 'Warning',
        reason: 'SleepPolicy',
        source: { component: 'nightshift' },
        firstTimestamp: '2026-03-30T23:00:00.000Z',
        count: 1,
      },
    ]);
  });

  test('have a name that the API server takes, wherever the name of their object is cut', async () => {
    const cluster = new ModelCluster();
    const name = `${'a'.repeat(199)}.${'b'.repeat(40)}`;

    await writeEvents(cluster.client(), [anEvent({ name })], { clock, deadline: endless, log: recordingLog().log });

    expect(eventsIn(cluster).map(({ metadata }) => metadata.name)).toEqual([expect.stringMatching(/^a{199}\.[0-9a-f]{16}$/)]);
  });

  test('that are refused one by one do not silence the others', async () => {
    const cluster = new ModelCluster();
    const { log, lines } = recordingLog();
    const client = refusing(cluster.client(), ({ metadata }) =>
      metadata?.name?.startsWith('bad')
        ? new InvalidRequestError('cannot create events: invalid (422)', { cluster: 'dev', status: 422 })
        : undefined,
    );

    await writeEvents(client, [anEvent({ name: 'bad' }), anEvent(), anEvent({ name: 'worker' })], { clock, deadline: endless, log });

    expect(eventsIn(cluster)).toHaveLength(2);
    expect(lines).toMatchObject([{ level: 'warn', message: 'events could not be written' }]);
  });

  test('about a namespace live in default', async () => {
    const cluster = new ModelCluster();

    await writeEvents(cluster.client(), [anEvent({ kind: 'Namespace', namespace: '', name: 'dev' })], {
      clock,
      deadline: endless,
      log: recordingLog().log,
    });

    expect(eventsIn(cluster)).toMatchObject([
      { metadata: { namespace: 'default' }, involvedObject: { apiVersion: 'v1', kind: 'Namespace', name: 'dev' } },
    ]);
  });

  test('that say the same on the same day are written once', async () => {
    const cluster = new ModelCluster();
    const { log, lines } = recordingLog();
    const write = (at: number) =>
      writeEvents(cluster.client(), [anEvent()], { clock: { ...clock, now: () => at }, deadline: endless, log });

    await write(now);
    await write(now + 15 * 60_000);
    expect(eventsIn(cluster)).toHaveLength(1);
    await write(now + 86_400_000);

    expect(eventsIn(cluster)).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  test('of a namespace that is gone or closed do not silence the others', async () => {
    const cluster = new ModelCluster();
    const { log, lines } = recordingLog();
    const refusals: Readonly<Record<string, Error>> = {
      gone: new NotFoundError('cannot create events: namespaces "gone" not found (404)', { cluster: 'dev-cluster', status: 404 }),
      closed: new ForbiddenError('cannot create events: forbidden (403)', {
        cluster: 'dev-cluster',
        status: 403,
        permission: { apiGroup: '', resource: 'events', verb: 'create', namespace: 'closed' },
      }),
    };
    const client = refusing(cluster.client(), ({ metadata }) => refusals[metadata?.namespace ?? '']);
    const events = ['gone', 'closed', 'dev', 'gone'].map((namespace) => anEvent({ namespace }));

    await writeEvents(client, events, { clock, deadline: endless, log });

    expect(eventsIn(cluster).map(({ metadata }) => metadata.namespace)).toEqual(['dev']);
    expect(lines).toMatchObject([{ level: 'warn', message: 'events could not be written', fields: { namespaces: ['gone', 'closed'] } }]);
  });

  test('stop at a server in trouble, and are bounded in number', async () => {
    const cluster = new ModelCluster();
    const { log, lines } = recordingLog();
    let asked = 0;
    const trouble = refusing(cluster.client(), () => {
      asked += 1;
      return new ServerError('cannot create events: the server answered 500', { cluster: 'dev-cluster', status: 500 });
    });
    const many = Array.from({ length: 300 }, (_, number) => anEvent({ name: `w${number}` }));

    await writeEvents(trouble, many, { clock, deadline: endless, log });
    expect(asked).toBeLessThanOrEqual(4);
    expect(lines).toHaveLength(1);

    await writeEvents(cluster.client(), many, { clock, deadline: endless, log });
    expect(eventsIn(cluster)).toHaveLength(200);
  });

  test('have names and messages that the API server takes, however long what they speak of is', async () => {
    const cluster = new ModelCluster();

    await writeEvents(cluster.client(), [anEvent({ name: 'n'.repeat(253), message: 'm'.repeat(5_000) })], {
      clock,
      deadline: endless,
      log: recordingLog().log,
    });

    const [event] = eventsIn(cluster);
    expect(event?.metadata.name?.length).toBeLessThanOrEqual(253);
    expect(event?.message?.length).toBeLessThanOrEqual(1_024);
  });
});

describe('which Events a run writes', () => {
  const run = async (events: string): Promise<string[]> => {
    const cluster = new ModelCluster();
    cluster.add(aNamespace('dev', { 'downscaler/grace-period': 'soon' }));
    cluster.add(aNamespace('test'));
    cluster.add(aDeployment({ annotations: { 'downscaler/downtime': 'bogus' } }));
    cluster.add(aDeployment({ namespace: 'test' }));
    await runModelNight(cluster, new ModelState(), { policy: aPolicy({ events }), now, runId: 'r1', intent: 'sleep' });
    return eventsIn(cluster).map(
      ({ type, reason, involvedObject, message }) => `${type} ${reason} ${involvedObject.kind}/${involvedObject.name}: ${message}`,
    );
  };

  test('none', async () => {
    expect(await run('none')).toEqual([]);
  });

  test('a warning per problem', async () => {
    expect(await run('problems')).toEqual([
      expect.stringContaining('Warning SleepPolicy Namespace/dev: namespace dev: downscaler/grace-period'),
      expect.stringContaining('Warning SleepPolicy Deployment/web: downscaler/downtime'),
    ]);
  });

  test('and one per change', async () => {
    expect(await run('changes')).toContainEqual('Normal Slept Deployment/web: 3 replicas -> 0 replicas: asked to sleep');
  });
});
