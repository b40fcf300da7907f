import { expect, it } from 'vitest';
import type { StateStore } from '../../lib/platform/state-store.ts';
import { StateStoreError } from '../../lib/platform/state-store-error.ts';

export interface StateStoreFixture {
  /** An empty store of its own. */
  readonly open: () => Promise<StateStore>;
  /** A second client of the same documents, as another process would have. */
  readonly reopen: (store: StateStore) => Promise<StateStore>;
}

const plan = (run: string): string => JSON.stringify({ v: 1, run, items: [{ ref: 'shop/Deployment/cart', replicas: 3 }] });

/** What every state store promises. Call it inside a `describe` that names the store. */
export function stateStoreContract({ open, reopen }: StateStoreFixture): void {
  it('reads back what was written, byte for byte', async () => {
    const store = await open();
    const body = `${plan('r1')}\n  "ünïcødé 🌙 \u2028" \r\n`;

    expect(await store.putIfAbsent('runs/r1/plan.json', body)).toBe('created');

    const stored = await store.get('runs/r1/plan.json');
    expect(stored?.body).toBe(body);
    expect(stored?.etag).not.toBe('');
  });

  it('answers undefined for a key that is free', async () => {
    const store = await open();

    expect(await store.get('runs/none/plan.json')).toBeUndefined();
  });

  it('never overwrites a document that exists', async () => {
    const store = await open();
    await store.putIfAbsent('runs/r1/plan.json', plan('first'));

    expect(await store.putIfAbsent('runs/r1/plan.json', plan('second'))).toBe('exists');
    expect(await store.putIfAbsent('runs/r1/plan.json', plan('first'))).toBe('exists');

    expect((await store.get('runs/r1/plan.json'))?.body).toBe(plan('first'));
  });

  it('lets exactly one of many writers create a document', async () => {
    const store = await open();
    const other = await reopen(store);

    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, writer) => (writer % 2 ? store : other).putIfAbsent('lease.json', plan(`writer ${writer}`))),
    );

    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect((await store.get('lease.json'))?.body).toBe(plan(`writer ${outcomes.indexOf('created')}`));
  });

  it('replaces the version that was read, and no other', async () => {
    const store = await open();
    await store.putIfAbsent('runs/r1/report.json', plan('one'));
    const first = (await store.get('runs/r1/report.json'))!;

    expect(await store.replace('runs/r1/report.json', plan('two'), first.etag)).toBe('replaced');
    expect(await store.replace('runs/r1/report.json', plan('three'), first.etag)).toBe('changed');

    const second = (await store.get('runs/r1/report.json'))!;
    expect(second.body).toBe(plan('two'));
    expect(second.etag).not.toBe(first.etag);
  });

  it('does not create a document by replacing it', async () => {
    const store = await open();
    await store.putIfAbsent('a.json', plan('a'));
    const { etag } = (await store.get('a.json'))!;

    expect(await store.replace('b.json', plan('b'), etag)).toBe('changed');

    expect(await store.get('b.json')).toBeUndefined();
  });

  it('loses no update when writers race', async () => {
    const store = await open();
    const other = await reopen(store);
    await store.putIfAbsent('counter.json', '0');
    const increment = async (client: StateStore): Promise<void> => {
      for (;;) {
        const { body, etag } = (await client.get('counter.json'))!;
        if ((await client.replace('counter.json', String(Number(body) + 1), etag)) === 'replaced') return;
      }
    };

    await Promise.all(Array.from({ length: 8 }, (_, writer) => increment(writer % 2 ? store : other)));

    expect((await store.get('counter.json'))?.body).toBe('8');
  });

  it('lists the keys under a prefix in the order of their bytes, and only those', async () => {
    const store = await open();
    const keys = [
      'runs/r10/plan.json',
      'runs/r1/plan.json',
      'runs/r1/report.json',
      'runs/R1/plan.json',
      'runs/ü/plan.json',
      'other/r1.json',
      'run',
    ];
    for (const key of keys) await store.putIfAbsent(key, plan(key));

    expect(await store.list('runs/')).toEqual([
      'runs/R1/plan.json',
      'runs/r1/plan.json',
      'runs/r1/report.json',
      'runs/r10/plan.json',
      'runs/ü/plan.json',
    ]);
    expect(await store.list('runs/r1')).toEqual(['runs/r1/plan.json', 'runs/r1/report.json', 'runs/r10/plan.json']);
    expect(await store.list('nothing/')).toEqual([]);
    expect(await store.list('')).toHaveLength(keys.length);
  });

  it('lists a replaced document once', async () => {
    const store = await open();
    await store.putIfAbsent('a/b.json', 'one');
    await store.replace('a/b.json', 'two', (await store.get('a/b.json'))!.etag);

    expect(await store.list('a/')).toEqual(['a/b.json']);
  });

  it('keeps keys apart that file systems and URLs would mix up', async () => {
    const store = await open();
    const keys = [
      'a',
      'a/b',
      'a/b/c.json',
      'a.json',
      'a.json/b',
      'a%2Fb',
      'a b+c&d=e?f#g',
      '.hidden',
      'a.',
      '~%v2',
      'a.%',
      `long/${'n'.repeat(300)}/x`,
      'ns:2026-11-24T00:00:00.000Z',
    ];

    for (const key of keys) expect(await store.putIfAbsent(key, `body of ${key}`)).toBe('created');

    for (const key of keys) expect((await store.get(key))?.body).toBe(`body of ${key}`);
    expect(new Set(await store.list(''))).toEqual(new Set(keys));
  });

  it('keeps a document of a megabyte', async () => {
    const store = await open();
    const body = JSON.stringify({
      items: Array.from({ length: 20_000 }, (_, i) => ({ ref: `namespace/Deployment/workload-${i}`, replicas: i })),
    });

    await store.putIfAbsent('big.json', body);

    expect((await store.get('big.json'))?.body).toBe(body);
  });

  it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'a\u0000b', 'a\nb', '\uD800', 'k'.repeat(1025)])(
    'refuses the key %j',
    async (key) => {
      const store = await open();

      await expect(store.putIfAbsent(key, 'x')).rejects.toThrow(StateStoreError);
      await expect(store.get(key)).rejects.toThrow(/state key .* is not usable in/);
    },
  );

  it('stops before it writes when the signal is aborted', async () => {
    const store = await open();
    const reason = new Error('the run was stopped');

    await expect(store.putIfAbsent('late.json', 'x', AbortSignal.abort(reason))).rejects.toBe(reason);

    expect(await store.get('late.json')).toBeUndefined();
  });
}
