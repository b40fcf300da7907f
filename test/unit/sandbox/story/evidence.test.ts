import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../lib/platform/report.ts';
import { changesAsPlanned, originalsKept, othersAwake, sleepersAwake } from '../../../../sandbox/story/evidence.ts';
import { type LedgerCopy, ledgerCopies } from '../../../../sandbox/story/ledger-copies.ts';

const record = 'downscaler/original-replicas';

interface Wish {
  readonly replicas: number;
  readonly record?: string;
}

function aDeployment(name: string, wish: Wish): object {
  const annotations = wish.record === undefined ? {} : { [record]: wish.record };
  return { kind: 'Deployment', metadata: { namespace: 'shop', name, uid: `uid-${name}`, annotations }, spec: { replicas: wish.replicas } };
}

function aCronJob(name: string, suspend: boolean, original?: string): object {
  const annotations = original === undefined ? {} : { [record]: original };
  return { kind: 'CronJob', metadata: { namespace: 'shop', name, uid: `uid-${name}`, annotations }, spec: { suspend } };
}

const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'cart', uid: 'uid-service' } };
const before = [aDeployment('cart', { replicas: 2 }), aDeployment('demo', { replicas: 1 }), aCronJob('sitemap', false), service];
const night = [
  aDeployment('cart', { replicas: 0, record: '2' }),
  aDeployment('demo', { replicas: 1 }),
  aCronJob('sitemap', true, '1'),
  service,
];

/** The world with one object in the place of its namesake. */
function withObject(world: readonly object[], changed: object): readonly object[] {
  const { kind, metadata } = changed as { kind: string; metadata: { name: string } };
  return world.map((each) => {
    const other = each as { kind: string; metadata: { name: string } };
    return other.kind === kind && other.metadata.name === metadata.name ? changed : each;
  });
}

describe('whether all planned changes were made', () => {
  const item = (name: string, kind: string, action: string, to: number) => ({ ref: `dev/shop/${kind}/${name}`, action, reason: '', to });
  const items = [item('cart', 'Deployment', 'sleep', 0), item('demo', 'Deployment', 'none', 1), item('sitemap', 'CronJob', 'sleep', 0)];
  const plan: Report = { job: 'j', runId: 'r', status: 'ok', summary: '', counts: { planned: 99 }, items, remaining: 0 };

  it('is read from the objects, not from counts', () => {
    expect(changesAsPlanned(plan, before, night)).toEqual({ count: 2, against: [] });
  });

  it.each([
    ['is not asleep', withObject(night, aDeployment('cart', { replicas: 2 })), 'shop/Deployment/cart: it is at 2, not at 0'],
    ['runs on', withObject(night, aCronJob('sitemap', false)), 'shop/CronJob/sitemap: it is at 1, not at 0'],
    ['sleeps unasked', withObject(night, aDeployment('demo', { replicas: 0 })), 'shop/Deployment/demo: it is at 0, not at 1'],
    ['has vanished', night.slice(1), 'shop/Deployment/cart: it is gone, not at 0'],
    ['is new', [...night, aDeployment('new', { replicas: 1 })], 'shop/Deployment/new: it is at 1, not gone'],
  ])('tells of a workload that %s', (_, world, against) => {
    expect(changesAsPlanned(plan, before, world)).toEqual({ count: 2, against: [against] });
  });
});

describe('whether the originals are in S3 as well as on the objects', () => {
  const entry = (name: string, kind: string, original: number) => ({ kind, namespace: 'shop', name, uid: `uid-${name}`, original });
  const entries = [entry('cart', 'Deployment', 2), entry('sitemap', 'CronJob', 1)];
  const inBucket = (...held: readonly object[]): readonly LedgerCopy[] => ledgerCopies([JSON.stringify({ entries: held })]);

  it('compares both copies with the sizes before', () => {
    expect(originalsKept(before, night, inBucket(...entries))).toEqual({ count: 2, against: [] });
  });

  it('reads originals from several documents', () => {
    const documents = entries.map((each) => JSON.stringify({ entries: [each] }));

    expect(originalsKept(before, night, ledgerCopies(documents)).against).toEqual([]);
  });

  it.each([
    ['is missing in S3', entries.slice(1), ['shop/Deployment/cart: it was at 2, and S3 holds nothing']],
    ['is wrong in S3', [{ ...entries[0], original: 0 }, entries[1]], ['shop/Deployment/cart: it was at 2, and S3 holds 0']],
    [
      'is of another object',
      [{ ...entries[0], uid: 'uid-old' }, entries[1]],
      ['shop/Deployment/cart: S3 holds another object of this name'],
    ],
    [
      'is of nobody asleep',
      [...entries, entry('demo', 'Deployment', 1)],
      ['shop/Deployment/demo: it did not fall asleep, and S3 holds an original of it'],
    ],
  ])('tells when an original %s', (_, held, against) => {
    expect(originalsKept(before, night, inBucket(...(held as object[])))).toEqual({ count: 2, against });
  });

  it('takes a damaged document for none', () => {
    const { against } = originalsKept(before, night, ledgerCopies(['{"entries":[{"kind"']));

    expect(against).toEqual([
      'shop/Deployment/cart: it was at 2, and S3 holds nothing',
      'shop/CronJob/sitemap: it was at 1, and S3 holds nothing',
    ]);
  });

  it.each([
    ['is missing', { replicas: 0 }, 'nothing'],
    ['is wrong', { replicas: 0, record: '3' }, '3'],
    ['cannot be read', { replicas: 0, record: 'two' }, 'two'],
  ])('tells when the record on an object %s', (_, wish, told) => {
    const world = withObject(night, aDeployment('cart', wish));

    expect(originalsKept(before, world, inBucket(...entries)).against).toEqual([
      `shop/Deployment/cart: it was at 2, and its object records ${told}`,
    ]);
  });
});

describe('whether everyone is awake', () => {
  it('compares each sleeper by day with what it was', () => {
    expect(sleepersAwake(before, night, before)).toEqual({ count: 2, against: [] });
  });

  it.each([
    ['sleeps on', night[0]!, 'shop/Deployment/cart: it is at 0, not at 2'],
    ['came back smaller', aDeployment('cart', { replicas: 1 }), 'shop/Deployment/cart: it is at 1, not at 2'],
    [
      'kept its record',
      aDeployment('cart', { replicas: 2, record: '2' }),
      'shop/Deployment/cart: it is awake, and its object still records 2',
    ],
  ])('tells of one that %s', (_, cart, against) => {
    expect(sleepersAwake(before, night, withObject(before, cart))).toEqual({ count: 2, against: [against] });
  });

  it('holds those that another tool put to sleep to that tool’s record', () => {
    const evening = [...before, aDeployment('import', { replicas: 0, record: '2' })];

    const awake = othersAwake(evening, [...before, aDeployment('import', { replicas: 2 })]);
    const asleep = othersAwake(evening, evening);

    expect(awake).toEqual({ count: 1, against: [], names: ['shop/Deployment/import'] });
    expect(asleep.against).toEqual(['shop/Deployment/import: it is at 0, not at 2']);
  });
});
