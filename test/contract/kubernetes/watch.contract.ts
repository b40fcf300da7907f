import type { KubernetesObject } from '@kubernetes/client-node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openWatch, type Watch } from '../../support/watch-stream.ts';
import { aConfigMap } from './objects.ts';
import { CONFIG_MAPS, EVENTS, pathOf } from './resources.ts';
import { bare, newNamespace, type WorldOf } from './world.ts';

const SOON = { timeout: 5_000, interval: 10 };

export function describeWatches(worldOf: WorldOf): void {
  const open: Watch[] = [];
  const watch = (namespace: string, query: string): Watch => {
    const stream = openWatch(worldOf().access(), `${pathOf(CONFIG_MAPS, namespace)}?watch=true${query}`);
    open.push(stream);
    return stream;
  };
  const aWatchedNamespace = async (query = ''): Promise<{ namespace: string; stream: Watch }> => {
    const namespace = await newNamespace(worldOf());
    const list = await bare(worldOf(), 'GET', pathOf(CONFIG_MAPS, namespace));
    const version = (list.body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
    return { namespace, stream: watch(namespace, `&resourceVersion=${version}${query}`) };
  };
  /** Types and names, without the CA that the controller-manager publishes in every namespace. */
  const seen = (stream: Watch): string[] =>
    stream.events
      .map(({ type, object }) => `${type} ${(object as KubernetesObject).metadata?.name}`)
      .filter((event) => !event.endsWith('kube-root-ca.crt'));

  afterEach(() => {
    for (const stream of open.splice(0)) stream.close();
  });

  describe('watches', () => {
    it('tell every change after the version that they were opened at, in order, with the whole object', async () => {
      const { namespace, stream } = await aWatchedNamespace();
      const client = worldOf().client();

      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'a', data: { v: '1' } }));
      await client.patch(CONFIG_MAPS, { namespace, name: 'a' }, { data: { v: '2' } }, { type: 'merge' });
      await client.delete(CONFIG_MAPS, { namespace, name: 'a' });

      await vi.waitFor(() => expect(seen(stream)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']), SOON);
      const own = stream.events.filter(({ object }) => (object as KubernetesObject).metadata?.name === 'a');
      expect(own.map(({ object }) => object)).toMatchObject([
        { kind: 'ConfigMap', apiVersion: 'v1', data: { v: '1' } },
        { data: { v: '2' } },
        { data: { v: '2' } },
      ]);
      const versions = own.map(({ object }) => Number((object as KubernetesObject).metadata?.resourceVersion));
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect(new Set(versions).size).toBe(3);
    });

    it('begin with what is there when no version is named', async () => {
      const namespace = await newNamespace(worldOf());
      await worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ namespace, name: 'a' }));

      const stream = watch(namespace, '');

      await vi.waitFor(() => expect(seen(stream)).toEqual(['ADDED a']), SOON);
    });

    it('under a selector tell of objects that come into it and leave it', async () => {
      const { namespace, stream } = await aWatchedNamespace('&labelSelector=app%3Dweb');
      const client = worldOf().client();
      const label = (value: string | null) =>
        client.patch(CONFIG_MAPS, { namespace, name: 'a' }, { metadata: { labels: { app: value } } }, { type: 'merge' });

      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'a' }));
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'b', labels: { app: 'web' } }));
      await label('web');
      await label(null);

      await vi.waitFor(() => expect(seen(stream)).toEqual(['ADDED b', 'ADDED a', 'DELETED a']), SOON);
    });

    it('see one object alone by its name', async () => {
      const { namespace, stream } = await aWatchedNamespace('&fieldSelector=metadata.name%3Da');

      for (const name of ['b', 'a']) await worldOf().client().create(CONFIG_MAPS, aConfigMap({ namespace, name }));

      await vi.waitFor(() => expect(seen(stream)).toEqual(['ADDED a']), SOON);
    });

    it('are not told of a patch that changes nothing', async () => {
      const { namespace, stream } = await aWatchedNamespace();
      const client = worldOf().client();
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'a', data: { v: '1' } }));

      await client.patch(CONFIG_MAPS, { namespace, name: 'a' }, { data: { v: '1' } }, { type: 'merge' });
      await client.create(CONFIG_MAPS, aConfigMap({ namespace, name: 'end' }));

      await vi.waitFor(() => expect(seen(stream)).toEqual(['ADDED a', 'ADDED end']), SOON);
    });

    it('end by themselves after timeoutSeconds', async () => {
      const { stream } = await aWatchedNamespace('&timeoutSeconds=1');

      await expect(stream.ended).resolves.toBeUndefined();
    });

    it('from a version that is forgotten are answered 410 in an ERROR event', async () => {
      const namespace = await newNamespace(worldOf());
      const later = await worldOf()
        .client()
        .create(CONFIG_MAPS, aConfigMap({ namespace, name: 'later' }));
      expect(Number(later.metadata?.resourceVersion)).toBeGreaterThan(1);
      await worldOf().expireHistory();

      // Of Events, which a real API server keeps in no cache: of other kinds it remembers more than etcd does.
      const stream = openWatch(worldOf().access(), `${pathOf(EVENTS, namespace)}?watch=true&resourceVersion=1`);
      open.push(stream);

      await vi.waitFor(
        () =>
          expect(stream.events).toMatchObject([
            { type: 'ERROR', object: { kind: 'Status', status: 'Failure', code: 410, reason: 'Expired' } },
          ]),
        SOON,
      );
    });
  });
}
