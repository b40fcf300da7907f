import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadRecordError } from '../../../lib/records/bad-record-error.ts';
import { type Deploy, deploys } from '../../../lib/records/deploys.ts';
import { type Release, releases } from '../../../lib/records/releases.ts';
import { type RecordsWorld, recordsWorld } from './support.ts';

let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld({ queryPageSize: 2 });
});
afterAll(() => world.close());

const digest = `sha256:${'ab'.repeat(32)}`;
const aRelease = (fields: Partial<Release> = {}): Release => ({
  app: 'shop',
  version: '2.4.1',
  digest,
  uri: 's3://releases/shop/2.4.1.zip?versionId=x',
  source: 'git:4f2c',
  metadata: { build: '77', nested: { by: ['ci'] } },
  status: 'released',
  at: '2026-11-20T20:00:00.000Z',
  ...fields,
});
const aDeploy = (fields: Partial<Deploy> = {}): Deploy => ({
  app: 'shop',
  stage: 'prod',
  at: '2026-11-20T21:00:00.000Z',
  version: '2.4.1',
  digest,
  verdict: 'ok',
  runId: 'run-1',
  target: { cluster: 'prod', namespace: 'shop', kind: 'Deployment', name: 'web' },
  ...fields,
});

describe('releases', () => {
  it('are found by their version, as they were added', async () => {
    const release = aRelease({ app: randomUUID() });

    expect(await releases(world.table).add(release)).toBe('added');

    expect(await releases(world.table).get(release.app, '2.4.1')).toEqual(release);
    expect(await releases(world.table).get(release.app, '2.4.2')).toBeUndefined();
  });

  it('are never overwritten', async () => {
    const release = aRelease({ app: randomUUID() });
    await releases(world.table).add(release);

    expect(await releases(world.table).add({ ...release, status: 'quarantined' })).toBe('exists');
    expect(await releases(world.table).get(release.app, release.version)).toEqual(release);
  });

  it('have as newest what was released last, whatever its version and its place in the list', async () => {
    const app = randomUUID();
    for (const [version, at, status] of [
      ['2.10.0', '2026-11-19T20:00:00Z', 'released'],
      ['2.9.0', '2026-11-20T20:00:00Z', 'released'],
      ['2.8.9', '2026-11-18T20:00:00Z', 'released'],
      ['3.0.0', '2026-11-21T20:00:00Z', 'quarantined'],
    ] as const)
      await releases(world.table).add(aRelease({ app, version, at, status }));

    const { release, skipped } = await releases(world.table).newest(app);

    expect(release?.version).toBe('2.9.0');
    expect(skipped).toEqual([]);
    expect(await releases(world.table).newest(randomUUID())).toEqual({ release: undefined, skipped: [] });
  });

  it('are passed over, with the reason, when one cannot be read', async () => {
    const app = randomUUID();
    const base = { pk: `app#${app}`, at: '2026-11-20T20:00:00Z', digest, uri: 'x', status: 'released' };
    await world.table.put({ ...base, sk: 'release#newer', v: 2 });
    await world.table.put({ ...base, sk: 'release#odd', v: 1, status: 'lost' });
    await releases(world.table).add(aRelease({ app }));

    const { release, skipped } = await releases(world.table).newest(app);

    expect(release?.version).toBe('2.4.1');
    expect(skipped.map(({ key, newer }) => [key.sk, newer])).toEqual([
      ['release#odd', false],
      ['release#newer', true],
    ]);
  });

  it('say what is wrong with one that was asked for', async () => {
    const pk = `app#${randomUUID()}`;
    const app = pk.slice(4);
    await world.table.put({ pk, sk: 'release#newer', v: 2, at: '2026-11-20T20:00:00Z' });
    await world.table.put({ pk, sk: 'release#odd', v: 1, at: '2026-11-20T20:00:00Z', digest: 'latest', uri: 'x', status: 'released' });
    await world.table.put({ pk, sk: 'release#bare', digest });

    const newer = await releases(world.table)
      .get(app, 'newer')
      .catch((thrown: unknown) => thrown);

    expect(newer).toBeInstanceOf(BadRecordError);
    expect(newer).toMatchObject({
      message: `record ${pk} / release#newer cannot be read: it is of version 2, and this program reads up to 1`,
      hint: expect.stringContaining('update Nightshift'),
    });
    await expect(releases(world.table).get(app, 'odd')).rejects.toThrow('its digest is not what it should be (no digest like sha256:…)');
    await expect(releases(world.table).get(app, 'bare')).rejects.toThrow('its v is not what it should be');
  });

  it('do not let a name reach into other records', async () => {
    await expect(releases(world.table).get('', '1')).rejects.toThrow('a part of it is empty');
    expect(() => deploys(world.table)).not.toThrow();
    await expect(deploys(world.table).newest('shop', 'prod#2026', { limit: 1 })).rejects.toThrow('a part before the last holds a #');
    await expect(releases(world.table).get('shop', 'v'.repeat(1100))).rejects.toThrow('more than 1024 bytes');
  });
});

describe('deploys', () => {
  it('are listed by stage, the newest first', async () => {
    const app = randomUUID();
    const moments = ['2026-11-18T21:00:00.000Z', '2026-11-19T21:00:00.000Z', '2026-11-20T21:00:00.000Z'];
    for (const at of moments) await deploys(world.table).add(aDeploy({ app, at, runId: at }));
    await deploys(world.table).add(aDeploy({ app, stage: 'production', at: '2026-11-21T21:00:00.000Z' }));

    const { items } = await deploys(world.table).newest(app, 'prod', { limit: 2 });

    expect(items).toEqual([aDeploy({ app, at: moments[2]!, runId: moments[2]! }), aDeploy({ app, at: moments[1]!, runId: moments[1]! })]);
  });

  it('get moments of their own when they come at one', async () => {
    const app = randomUUID();

    const first = await deploys(world.table).add(aDeploy({ app }));
    const second = await deploys(world.table).add(aDeploy({ app, runId: 'run-2' }));
    const again = await deploys(world.table).add(aDeploy({ app }));

    expect([first.at, second.at, again.at]).toEqual(['2026-11-20T21:00:00.000Z', '2026-11-20T21:00:00.001Z', '2026-11-20T21:00:00.000Z']);
    expect((await deploys(world.table).newest(app, 'prod', { limit: 9 })).items).toHaveLength(2);
  });

  it('need no version, digest or target', async () => {
    const app = randomUUID();
    const bare: Deploy = { app, stage: 'dev', at: '2026-11-20T21:00:00.000Z', verdict: 'failed', runId: 'run-1' };

    await deploys(world.table).add(bare);

    expect((await deploys(world.table).newest(app, 'dev', { limit: 1 })).items).toEqual([bare]);
  });

  it('sort by time although a moment was given without its milliseconds', async () => {
    const app = randomUUID();
    await deploys(world.table).add(aDeploy({ app, at: '2026-11-20T21:00:00.500Z', runId: 'b' }));
    await deploys(world.table).add(aDeploy({ app, at: '2026-11-20T21:00:00Z', runId: 'a' }));

    const { items } = await deploys(world.table).newest(app, 'prod', { limit: 2 });

    expect(items.map(({ runId }) => runId)).toEqual(['b', 'a']);
  });
});
