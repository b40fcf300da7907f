import { describe, expect, it } from 'vitest';
import { surroundingsAmong } from '../../../../lib/rollout/surroundings/surroundings.ts';
import { anObject, type Json } from '../../../support/vectors/status-objects.ts';

interface Wish {
  readonly uid?: string;
  /** As in `Deployment/web` or `Deployment/web:uid`. */
  readonly owner?: string;
  readonly namespace?: string;
  readonly labels?: Json;
}

function member(title: string, name: string, { uid, owner, namespace = 'shop', labels }: Wish = {}): Json {
  const [, kind, ownerName, ownerUid] = /^(\w+)\/([^:]+)(?::(.*))?$/.exec(owner ?? '') ?? [];
  const reference = { kind, name: ownerName, ...(ownerUid !== undefined && { uid: ownerUid }) };
  return anObject(title, {
    metadata: {
      name,
      namespace,
      ...(uid !== undefined && { uid }),
      ...(labels && { labels }),
      ...(owner !== undefined && { ownerReferences: [reference] }),
    },
  });
}

const namesOf = (objects: readonly unknown[] | undefined): readonly string[] | undefined =>
  objects?.map((object) => (object as { readonly metadata: { readonly name: string } }).metadata.name);

function around(objects: readonly Json[], object: Json) {
  const { object: _, ...lists } = surroundingsAmong(objects)(object);
  return Object.fromEntries(Object.entries(lists).map(([list, members]) => [list, namesOf(members as readonly unknown[])]));
}

const deployment = member('apps/v1 Deployment', 'web', { uid: 'd' });
const replicaSet = member('apps/v1 ReplicaSet', 'web-1', { uid: 'r', owner: 'Deployment/web:d' });
const pod = member('v1 Pod', 'web-1-a', { uid: 'p', owner: 'ReplicaSet/web-1:r' });
const family = [pod, deployment, replicaSet];

describe('what is around an object of an input', () => {
  it('is what it owns, and what that owns, in any order of the input', () => {
    expect(around(family, deployment)).toEqual({ pods: ['web-1-a'], replicaSets: ['web-1'] });
    expect(around([...family].reverse(), deployment)).toEqual({ pods: ['web-1-a'], replicaSets: ['web-1'] });
    expect(around(family, replicaSet)).toEqual({ pods: ['web-1-a'], owners: ['web'] });
  });

  it('is for a pod its owners, the nearest first', () => {
    expect(around(family, pod)).toEqual({ owners: ['web-1', 'web'] });
  });

  it('is nothing where there are no relations', () => {
    expect(around([deployment, member('v1 Pod', 'other')], deployment)).toEqual({});
    expect(surroundingsAmong(['x', null])('x')).toEqual({ object: 'x' });
  });

  it('has revisions, and pods of a DaemonSet, StatefulSet or Job', () => {
    const set = member('apps/v1 DaemonSet', 'agent');
    const members = [
      set,
      member('apps/v1 ControllerRevision', 'agent-1', { owner: 'DaemonSet/agent' }),
      member('v1 Pod', 'agent-x', { owner: 'DaemonSet/agent' }),
    ];

    expect(around(members, set)).toEqual({ pods: ['agent-x'], controllerRevisions: ['agent-1'] });
  });

  it('goes by uid where both have one: the next of a name owns nothing of the last', () => {
    const recreated = member('apps/v1 ReplicaSet', 'web-1', { uid: 'r2', owner: 'Deployment/web:d' });

    expect(around([deployment, recreated, pod], recreated)).toEqual({ owners: ['web'] });
    expect(around([deployment, recreated, pod], pod)).toEqual({});
  });

  it('goes by name where one has no uid, and only within a namespace', () => {
    const nameless = member('apps/v1 ReplicaSet', 'web-1');

    expect(around([nameless, pod], nameless)).toEqual({ pods: ['web-1-a'] });
    expect(around([member('apps/v1 ReplicaSet', 'web-1', { namespace: 'other' }), pod], pod)).toEqual({});
  });

  it('takes an object without a namespace for one of the default one', () => {
    const owner = { ...member('apps/v1 StatefulSet', 'db'), metadata: { name: 'db' } };
    const owned = member('v1 Pod', 'db-0', { owner: 'StatefulSet/db', namespace: 'default' });

    expect(around([owner, owned], owner)).toEqual({ pods: ['db-0'] });
  });

  it('ends where owners form a ring', () => {
    const a = member('apps/v1 ReplicaSet', 'a', { owner: 'ReplicaSet/b' });
    const b = member('apps/v1 ReplicaSet', 'b', { owner: 'ReplicaSet/a' });
    const itself = member('v1 Pod', 'me', { owner: 'Pod/me' });

    expect(around([a, b, itself], a)).toEqual({ replicaSets: ['b'], owners: ['b'] });
    expect(around([a, b, itself], itself)).toEqual({});
  });
});

describe('a ReplicaSet that is not in the input', () => {
  const selecting = (name: string, app: string): Json => ({
    ...member('apps/v1 Deployment', name),
    spec: { selector: { matchLabels: { app } } },
  });
  const orphan = member('v1 Pod', 'web-1-a', { owner: 'ReplicaSet/web-1:r', labels: { app: 'web' } });

  it('is bridged by the selector of the Deployment', () => {
    const objects = [selecting('web', 'web'), selecting('api', 'api'), orphan];

    expect(around(objects, objects[0]!)).toEqual({ pods: ['web-1-a'] });
    expect(around(objects, objects[1]!)).toEqual({});
    expect(around(objects, orphan)).toEqual({ owners: ['web'] });
  });

  it('is not bridged for a pod of another kind of owner, or of none', () => {
    for (const owner of ['Job/web-1', undefined]) {
      const other = member('v1 Pod', 'x', { labels: { app: 'web' }, ...(owner !== undefined && { owner }) });

      expect(around([selecting('web', 'web'), other], other)).toEqual({});
    }
  });
});

describe('Events', () => {
  const event = (name: string, subject: Json, more: Json = {}): Json => ({
    ...anObject('v1 Event', { metadata: { name } }),
    involvedObject: { namespace: 'shop', ...subject },
    ...more,
  });

  it('are those about the object and about what it owns, of either API', () => {
    const events = [
      event('e1', { kind: 'Deployment', name: 'web' }),
      event('e2', { kind: 'Pod', name: 'web-1-a' }),
      event('e3', { kind: 'Pod', name: 'web-1-a', namespace: 'other' }),
      event('e4', { kind: 'Pod', name: 'other' }),
      {
        ...anObject('events.k8s.io/v1 Event', { metadata: { name: 'e5' } }),
        regarding: { kind: 'ReplicaSet', name: 'web-1', namespace: 'shop' },
      },
    ];

    expect(around([...family, ...events], deployment).events).toEqual(['e1', 'e5', 'e2']);
    expect(around([...family, ...events], pod).events).toEqual(['e2']);
  });

  it('are not what another API calls by that name', () => {
    const other = { ...event('e1', { kind: 'Deployment', name: 'web' }), apiVersion: 'example.com/v1' };

    expect(around([...family, other], deployment).events).toBeUndefined();
  });
});
