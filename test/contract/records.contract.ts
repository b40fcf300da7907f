import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { RecordItem, RecordsTable } from '../../lib/records/records-table.ts';

export interface RecordsTableUnderTest {
  /** The table, seen by a program whose clock shows `now` (epoch ms). */
  readonly open: (now: () => number) => RecordsTable;
}

const NOW = Date.parse('2026-11-20T21:00:00.000Z');
const SECONDS = NOW / 1000;
const absent = { kind: 'absent' } as const;

/** What every table of records must do; run it inside a `describe` per implementation. Each test has partitions of its own. */
export function recordsTableContract({ open }: RecordsTableUnderTest): void {
  let table: RecordsTable;
  beforeAll(() => {
    table = open(() => NOW);
  });

  const anItem = (fields: Readonly<Record<string, RecordItem[string]>> = {}): RecordItem => ({
    pk: `app#${randomUUID()}`,
    sk: 'release#1',
    v: 1,
    at: '2026-11-20T21:00:00.000Z',
    ...fields,
  });

  it('has nothing under a key that nobody wrote', async () => {
    expect(await table.get({ pk: `app#${randomUUID()}`, sk: 'release#1' })).toBeUndefined();
  });

  it('gives back what JSON can say, as it was written', async () => {
    const item = anItem({
      text: 'Größe ☾',
      empty: '',
      number: -12.5,
      large: 1_763_672_400_000,
      yes: true,
      nothing: null,
      list: ['a', 1, { deep: [] }],
      map: { 'a.b#c': { d: 'e' }, none: {} },
    });

    expect(await table.put(item)).toEqual({ written: true });

    expect(await table.get(item)).toEqual(item);
  });

  it('replaces a record where nothing is expected of it', async () => {
    const item = anItem({ old: true });
    await table.put(item);

    await table.put({ pk: item.pk, sk: item.sk, v: 1, at: item.at ?? '', fresh: true });

    expect(await table.get(item)).toEqual({ pk: item.pk, sk: item.sk, v: 1, at: item.at, fresh: true });
  });

  it('creates once, and tells the loser what is there', async () => {
    const item = anItem({ holder: 'first' });

    const first = await table.put(item, { expect: absent });
    const second = await table.put({ ...item, holder: 'second' }, { expect: absent });

    expect(first).toEqual({ written: true });
    expect(second).toEqual({ written: false, found: item });
    expect(await table.get(item)).toEqual(item);
  });

  it('lets one of many creators win', async () => {
    const item = anItem();

    const all = await Promise.all(
      Array.from({ length: 8 }, (_, holder) => table.put({ ...item, holder }, { expect: absent }).then((put) => ({ ...put, holder }))),
    );

    const winners = all.filter(({ written }) => written);
    expect(winners).toHaveLength(1);
    expect((await table.get(item))?.holder).toBe(winners[0]?.holder);
  });

  it('replaces a record only while its fields are as expected', async () => {
    const item = anItem({ holder: 'a', fence: 3 });
    await table.put(item);
    const next = { ...item, holder: 'b', fence: 4 };
    const expectation = { kind: 'fields', equal: { holder: 'a', fence: 3 } } as const;

    const taken = await table.put(next, { expect: expectation });
    const late = await table.put({ ...item, holder: 'c', fence: 4 }, { expect: expectation });

    expect(taken).toEqual({ written: true });
    expect(late).toEqual({ written: false, found: next });
  });

  it('does not take a text for a number', async () => {
    const item = anItem({ fence: 3 });
    await table.put(item);

    const { written } = await table.put({ ...item, fence: 4 }, { expect: { kind: 'fields', equal: { fence: '3' } } });

    expect(written).toBe(false);
  });

  it('expects nothing of a record that is not there', async () => {
    const item = anItem({ fence: 1 });
    const expectation = { kind: 'fields', equal: { fence: 1 } } as const;

    expect(await table.put(item, { expect: expectation })).toEqual({ written: false, found: undefined });
    expect(await table.update({ key: item, set: { fence: 2 }, expect: expectation })).toEqual({ written: false, found: undefined });
    expect(await table.get(item)).toBeUndefined();
  });

  it('changes some fields and leaves the others', async () => {
    const item = anItem({ outcome: 'running', fence: 1, status: 'kept' });
    await table.put(item);

    const first = await table.update({
      key: item,
      set: { outcome: 'done', ttl: SECONDS + 60, list: [1] },
      expect: { kind: 'fields', equal: { outcome: 'running' } },
    });
    const second = await table.update({ key: item, set: { outcome: 'lost' }, expect: { kind: 'fields', equal: { outcome: 'running' } } });

    const changed = { ...item, outcome: 'done', ttl: SECONDS + 60, list: [1] };
    expect(first).toEqual({ written: true });
    expect(second).toEqual({ written: false, found: changed });
    expect(await table.get(item)).toEqual(changed);
  });

  it('takes a record whose time is over for absent, removed or not', async () => {
    const gone = anItem({ ttl: SECONDS, fence: 1 });
    const alive = { ...gone, sk: 'release#2', ttl: SECONDS + 1 };
    await table.put(gone);
    await table.put(alive);

    expect(await table.get(gone)).toBeUndefined();
    expect(await table.get(alive)).toEqual(alive);
    expect(await table.query({ pk: gone.pk, prefix: 'release#', order: 'oldest-first' })).toEqual([alive]);
    expect(await table.update({ key: gone, set: { fence: 2 }, expect: { kind: 'fields', equal: { fence: 1 } } })).toEqual({
      written: false,
      found: undefined,
    });
    expect(await table.put({ ...alive, fence: 9 }, { expect: absent })).toEqual({ written: false, found: alive });
    const again = { ...gone, ttl: SECONDS + 60 };
    expect(await table.put(again, { expect: absent })).toEqual({ written: true });
    expect(await table.get(gone)).toEqual(again);
  });

  it('lists the neighbours under a prefix in their order, from either end', async () => {
    const pk = `app#${randomUUID()}`;
    const moments = ['2026-11-18', '2026-11-19', '2026-11-20'];
    for (const moment of moments) await table.put(anItem({ pk, sk: `deploy#prod#${moment}` }));
    await table.put(anItem({ pk, sk: 'deploy#production#2026-11-21' }));
    await table.put(anItem({ pk, sk: 'release#1' }));
    const list = async (order: 'oldest-first' | 'newest-first', limit?: number): Promise<readonly string[]> => {
      const items = await table.query({ pk, prefix: 'deploy#prod#', order, ...(limit === undefined ? {} : { limit }) });
      return items.map(({ sk }) => sk.slice('deploy#prod#'.length));
    };

    expect(await list('oldest-first')).toEqual(moments);
    expect(await list('newest-first')).toEqual([...moments].reverse());
    expect(await list('newest-first', 2)).toEqual(['2026-11-20', '2026-11-19']);
    expect(await table.query({ pk: `app#${randomUUID()}`, prefix: 'deploy#', order: 'oldest-first' })).toEqual([]);
  });

  it('passes over what is over until it has as many as were asked for', async () => {
    const pk = `app#${randomUUID()}`;
    for (const [n, ttl] of [
      [1, SECONDS + 60],
      [2, SECONDS - 1],
      [3, SECONDS - 1],
      [4, SECONDS + 60],
    ])
      await table.put(anItem({ pk, sk: `deploy#${n}`, ttl: ttl ?? 0 }));

    const found = await table.query({ pk, prefix: 'deploy#', order: 'newest-first', limit: 2 });

    expect(found.map(({ sk }) => sk)).toEqual(['deploy#4', 'deploy#1']);
  });

  it('lists more than a page holds', async () => {
    const pk = `app#${randomUUID()}`;
    const padding = 'x'.repeat(300_000);
    const sks = Array.from({ length: 5 }, (_, n) => `release#${n}`);
    for (const sk of sks) await table.put(anItem({ pk, sk, padding }));

    const found = await table.query({ pk, prefix: 'release#', order: 'oldest-first' });

    expect(found.map(({ sk }) => sk)).toEqual(sks);
  });

  it('does nothing once the signal says stop', async () => {
    const item = anItem();
    const signal = AbortSignal.abort(new Error('enough'));

    await expect(table.put(item, { signal })).rejects.toThrow('enough');
    expect(await table.get(item)).toBeUndefined();
  });
}
