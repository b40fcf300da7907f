import type { V1CronJob } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { mapLimit } from '../../../lib/platform/map-limit.ts';
import { aCronJob } from './objects.ts';
import { CRON_JOBS, pathOf } from './resources.ts';
import { bare, newNamespace, type World, type WorldOf } from './world.ts';

/** Of suspended CronJobs: of all kinds that Nightshift reads, controllers leave these alone, so that no status write comes between two pages. */
const COUNT = 1201;

interface Page {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number };
  readonly items: readonly V1CronJob[];
}

export function describePaging(worldOf: WorldOf): void {
  describe('lists in pages', () => {
    let namespace = '';
    const names = Array.from({ length: COUNT }, (_, index) => `item-${String(index).padStart(4, '0')}`);

    beforeAll(async () => {
      const client = worldOf().client();
      namespace = await newNamespace(worldOf());
      await mapLimit(names, 16, (name) =>
        client.create(CRON_JOBS, aCronJob({ namespace, name, suspend: true, labels: { parity: parityOf(name) } })),
      );
    }, 60_000);

    it('returns every object once, in order, far past the 500 of one page, in three requests', async () => {
      const client = worldOf().client();
      const before = client.stats.requests.list ?? 0;

      const found = await client.list<V1CronJob, string>(CRON_JOBS, { namespace, select: (object) => object.metadata?.name });

      expect(found).toEqual(names);
      expect((client.stats.requests.list ?? 0) - before).toBe(3);
    });

    it.each([500, 1201, 7000, 173])('returns the same objects in pages of %i', async (pageSize) => {
      const found = await worldOf()
        .client()
        .list<V1CronJob, string>(CRON_JOBS, { namespace, pageSize, select: (object) => object.metadata?.name });

      expect(found).toEqual(names);
    });

    it('keeps to a label selector over all pages', async () => {
      const found = await worldOf()
        .client()
        .list<V1CronJob, string>(CRON_JOBS, {
          namespace,
          labelSelector: 'parity=odd',
          pageSize: 100,
          select: (object) => object.metadata?.name,
        });

      expect(found).toEqual(names.filter((name) => parityOf(name) === 'odd'));
    });

    it('serves 500, 500 and 201 objects under one resourceVersion and says how many remain', async () => {
      const pages = await walk(worldOf(), namespace, 500);

      expect(pages.map((page) => page.items.length)).toEqual([500, 500, 201]);
      expect(pages.map((page) => page.metadata.remainingItemCount)).toEqual([701, 201, undefined]);
      expect(new Set(pages.map((page) => page.metadata.resourceVersion)).size).toBe(1);
      expect(pages.at(-1)?.metadata.continue ?? '').toBe('');
    });

    it('has no remainingItemCount under a selector', async () => {
      const page = await readPage(worldOf(), namespace, 'limit=10&labelSelector=parity%3Dodd');

      expect(page.items).toHaveLength(10);
      expect(page.metadata.continue).toBeTruthy();
      expect(page.metadata.remainingItemCount).toBeUndefined();
    });

    it('names the kind on the list, not on its items', async () => {
      const page = await readPage(worldOf(), namespace, 'limit=1');

      expect(page).toMatchObject({ kind: 'CronJobList', apiVersion: 'batch/v1' });
      expect(page.items[0]).not.toHaveProperty('kind');
      expect(page.items[0]).not.toHaveProperty('apiVersion');
    });

    it('shows one moment: what appears or goes between two pages is not seen', async () => {
      const world = worldOf();
      const own = await newNamespace(world);
      for (const name of ['a', 'b', 'c']) await world.client().create(CRON_JOBS, aCronJob({ namespace: own, name }));
      const first = await readPage(world, own, 'limit=1');

      await world.client().create(CRON_JOBS, aCronJob({ namespace: own, name: 'bb' }));
      await world.client().delete(CRON_JOBS, { namespace: own, name: 'c' });
      const rest = await readPage(world, own, `limit=10&continue=${encodeURIComponent(first.metadata.continue ?? '')}`);

      const seen = rest.items.map((item) => item.metadata?.name);
      expect(seen).toEqual(['b', 'c']);
    });

    it('answers 400 to a continue token that it never issued', async () => {
      const answer = await bare(worldOf(), 'GET', `${pathOf(CRON_JOBS, namespace)}?limit=5&continue=garbage`);

      expect(answer).toMatchObject({ status: 400, body: { kind: 'Status', status: 'Failure', reason: 'BadRequest', code: 400 } });
    });

    it('lists nothing, not an error, in a namespace that does not exist', async () => {
      const found = await worldOf()
        .client()
        .list(CRON_JOBS, { namespace: 'nobody-made-this', select: (object) => object });

      expect(found).toEqual([]);
    });

    it('answers 410 with reason Expired to a continue token whose history is forgotten', async () => {
      const world = worldOf();
      const first = await readPage(world, namespace, 'limit=5');
      const path = `${pathOf(CRON_JOBS, namespace)}?limit=5&continue=${encodeURIComponent(first.metadata.continue ?? '')}`;
      await world.client().create(CRON_JOBS, aCronJob({ namespace: await newNamespace(world), name: 'later' }));

      await world.expireHistory();

      // A real API server drops its snapshots up to 15 seconds after etcd forgot them.
      await vi.waitFor(
        async () =>
          expect(await bare(world, 'GET', path)).toMatchObject({
            status: 410,
            body: { kind: 'Status', status: 'Failure', reason: 'Expired', code: 410 },
          }),
        { timeout: 25_000, interval: 250 },
      );
    }, 30_000);
  });
}

function parityOf(name: string): string {
  return Number(name.slice(-4)) % 2 === 0 ? 'even' : 'odd';
}

async function readPage(world: World, namespace: string, query: string): Promise<Page> {
  const answer = await bare(world, 'GET', `${pathOf(CRON_JOBS, namespace)}?${query}`);
  expect(answer.status).toBe(200);
  return answer.body as Page;
}

async function walk(world: World, namespace: string, limit: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let token: string | undefined = ''; token !== undefined; token = pages.at(-1)?.metadata.continue || undefined) {
    pages.push(await readPage(world, namespace, `limit=${limit}${token === '' ? '' : `&continue=${encodeURIComponent(token)}`}`));
  }
  return pages;
}
