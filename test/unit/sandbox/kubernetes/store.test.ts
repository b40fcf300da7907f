import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../../../../sandbox/kubernetes/api-object.ts';
import { builtin } from '../../../../sandbox/kubernetes/kinds/definitions.ts';
import { CompactedError, Store, type StoreEvent } from '../../../../sandbox/kubernetes/store.ts';

const kind = builtin('configmaps');

function aMap(name: string, value = '', namespace = 'a'): ApiObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, uid: `uid-${namespace}-${name}` }, data: { value } };
}

const names = (objects: readonly ApiObject[]): string[] => objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);

describe('the store', () => {
  it('gives every write a revision of its own', () => {
    const store = new Store(100);

    const first = store.put(kind, aMap('x', '1'));
    const second = store.put(kind, aMap('x', '2'));
    const gone = store.remove(kind, 'a', 'x');

    const revisions = [first, second, gone].map((object) => Number(object?.metadata.resourceVersion));
    expect(revisions[1]).toBe(revisions[0]! + 1);
    expect(revisions[2]).toBe(revisions[1]! + 1);
  });

  it('lists by namespace and name, bytewise', () => {
    const store = new Store(100);
    for (const [namespace, name] of [
      ['b', 'a'],
      ['a', 'z'],
      ['a-b', 'a'],
      ['a', 'b'],
    ] as const)
      store.put(kind, aMap(name, '', namespace));

    expect(names(store.list(kind))).toEqual(['a-b/a', 'a/b', 'a/z', 'b/a']);
    expect(names(store.list(kind, 'a'))).toEqual(['a/b', 'a/z']);
  });

  it('shows the past as it was', () => {
    const store = new Store(100);
    store.put(kind, aMap('kept', '1'));
    store.put(kind, aMap('gone', '1'));
    const then = store.revision;

    store.put(kind, aMap('kept', '2'));
    store.remove(kind, 'a', 'gone');
    store.put(kind, aMap('new', '1'));

    expect(store.listAt(kind, undefined, then).map(({ metadata, data }) => [metadata.name, data])).toEqual([
      ['gone', { value: '1' }],
      ['kept', { value: '1' }],
    ]);
    expect(names(store.list(kind))).toEqual(['a/kept', 'a/new']);
  });

  it('forgets the past beyond what it keeps', () => {
    const store = new Store(10);
    store.put(kind, aMap('x'));
    const then = store.revision;
    for (let index = 0; index < 100; index++) store.put(kind, aMap('x', String(index)));

    expect(() => store.listAt(kind, undefined, then)).toThrow(CompactedError);
    expect(() => store.eventsAfter(then)).toThrow(CompactedError);
    expect(store.eventsAfter(store.revision - 5)).toHaveLength(5);
  });

  it('forgets everything when it is compacted', () => {
    const store = new Store(100);
    store.put(kind, aMap('x'));
    const then = store.revision;

    store.compact();

    expect(() => store.eventsAfter(then)).toThrow(CompactedError);
    expect(store.eventsAfter(store.revision)).toEqual([]);
  });

  it('tells its listeners what was and what is', () => {
    const store = new Store(100);
    const events: StoreEvent[] = [];
    const stop = store.subscribe((event) => events.push(event));

    store.put(kind, aMap('x', '1'));
    store.put(kind, aMap('x', '2'));
    store.remove(kind, 'a', 'x');
    stop();
    store.put(kind, aMap('y'));

    expect(events.map(({ type, previous }) => [type, previous?.data])).toEqual([
      ['ADDED', undefined],
      ['MODIFIED', { value: '1' }],
      ['DELETED', { value: '2' }],
    ]);
  });

  it('finds objects by uid and by owner, and loses them when they go', () => {
    const store = new Store(100);
    const child = aMap('child');
    child.metadata.ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'uid-owner' }];
    store.put(kind, child);

    expect(names(store.ownedBy('uid-owner'))).toEqual(['a/child']);
    expect(store.byUid('uid-a-child')?.metadata.name).toBe('child');

    store.remove(kind, 'a', 'child');
    expect(store.ownedBy('uid-owner')).toEqual([]);
    expect(store.byUid('uid-a-child')).toBeUndefined();
  });
});
