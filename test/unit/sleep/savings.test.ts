import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Prices, pricesSchema } from '../../../lib/sleep/prices.ts';
import { type Sleeper, savingsOf, savingText } from '../../../lib/sleep/savings.ts';

const prices: Prices = { currency: 'USD', vcpuHour: 0.04, gibHour: 0.005 };
const GIB = 1_073_741_824;

interface Wish {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly kind?: Sleeper['workload']['kind'];
  readonly missing?: number;
  /** vCPUs and GiB of each Pod; nothing unless told. */
  readonly pod?: readonly [vcpus: number, gib: number];
}

function aSleeper({ cluster = 'dev', namespace = 'shop', kind = 'Deployment', missing = 1, pod }: Wish): Sleeper {
  const requests = pod && { milliCpu: pod[0] * 1_000, memoryBytes: pod[1] * GIB };
  return { cluster, missing, workload: { kind, namespace, requests } };
}

describe('what is saved', () => {
  it('is the price of what the missing Pods ask for', () => {
    const savings = savingsOf([aSleeper({ missing: 3, pod: [0.5, 2] })], prices);

    expect(savings).toEqual({
      currency: 'USD',
      perHour: 0.09,
      withoutRequests: 0,
      byNamespace: [{ cluster: 'dev', namespace: 'shop', perHour: 0.09 }],
    });
  });

  it('is nothing when nobody sleeps', () => {
    expect(savingsOf([], prices)).toEqual({ currency: 'USD', perHour: 0, withoutRequests: 0, byNamespace: [] });
  });

  it('counts the workloads that ask for nothing, and leaves CronJobs out, whose size counts no Pods', () => {
    const sleepers = [aSleeper({}), aSleeper({ kind: 'StatefulSet' }), aSleeper({ kind: 'CronJob' })];

    expect(savingsOf(sleepers, prices)).toMatchObject({ perHour: 0, withoutRequests: 2, byNamespace: [] });
  });

  it('is told by cluster and namespace, the dearest first, then by name', () => {
    const sleepers = [
      aSleeper({ namespace: 'b', pod: [1, 0] }),
      aSleeper({ namespace: 'a', pod: [1, 0] }),
      aSleeper({ cluster: 'blue', namespace: 'z', pod: [1, 0] }),
      aSleeper({ namespace: 'c', pod: [1, 0] }),
      aSleeper({ namespace: 'c', pod: [1, 0] }),
    ];

    expect(savingsOf(sleepers, prices).byNamespace).toEqual([
      { cluster: 'dev', namespace: 'c', perHour: 0.08 },
      { cluster: 'blue', namespace: 'z', perHour: 0.04 },
      { cluster: 'dev', namespace: 'a', perHour: 0.04 },
      { cluster: 'dev', namespace: 'b', perHour: 0.04 },
    ]);
  });

  it('names twenty namespaces and sums up the rest', () => {
    const sleepers = Array.from({ length: 25 }, (_, index) => aSleeper({ namespace: `n${index}`, missing: 25 - index, pod: [1, 0] }));

    const { byNamespace, perHour } = savingsOf(sleepers, prices);

    expect(byNamespace).toHaveLength(21);
    expect(byNamespace[19]).toEqual({ cluster: 'dev', namespace: 'n19', perHour: 0.24 });
    expect(byNamespace[20]).toEqual({ cluster: '(all)', namespace: '(5 more)', perHour: 0.6 });
    expect(perHour).toBe(13);
  });

  it('keeps namespaces of one name on two clusters apart, also where names hold separators', () => {
    const sleepers = [aSleeper({ cluster: 'a/b', namespace: 'c', pod: [1, 0] }), aSleeper({ cluster: 'a', namespace: 'b/c', pod: [1, 0] })];

    expect(savingsOf(sleepers, prices).byNamespace).toHaveLength(2);
  });

  it('is rounded to four decimals', () => {
    expect(savingsOf([aSleeper({ pod: [0.001, 0.001] })], prices).perHour).toBe(0);
    expect(savingsOf([aSleeper({ missing: 3, pod: [0.123, 0.456] })], prices).perHour).toBe(0.0216);
  });

  it('is the sum over its sleepers and over its namespaces, however many', () => {
    const sleeper = fc.record({
      cluster: fc.constantFrom('a', 'b'),
      namespace: fc.integer({ min: 1, max: 40 }).map((number) => `n${number}`),
      missing: fc.integer({ min: 1, max: 9 }),
      pod: fc.tuple(fc.nat(8), fc.nat(32)),
    });
    fc.assert(
      fc.property(fc.array(sleeper, { maxLength: 120 }), (wishes) => {
        const { perHour, byNamespace } = savingsOf(wishes.map(aSleeper), prices);

        const expected = wishes.reduce((sum, { missing, pod: [vcpus, gib] }) => sum + missing * (vcpus * 0.04 + gib * 0.005), 0);
        expect(perHour).toBeCloseTo(expected, 3);
        expect(byNamespace.reduce((sum, place) => sum + place.perHour, 0)).toBeCloseTo(expected, 2);
        expect(byNamespace.length).toBeLessThanOrEqual(21);
      }),
    );
  });
});

describe('the words for it', () => {
  it.each([
    [1.2351, '1.24 USD an hour'],
    [120, '120.00 USD an hour'],
    [0.0042, '0.0042 USD an hour'],
    [0, undefined],
  ])('%d: %s', (perHour, text) => {
    expect(savingText({ currency: 'USD', perHour, withoutRequests: 0, byNamespace: [] })).toBe(text);
  });
});

describe('prices', () => {
  it('are in dollars unless told', () => {
    expect(pricesSchema.parse({ vcpuHour: 0.04, gibHour: 0.005 })).toEqual(prices);
  });

  it.each([
    { vcpuHour: 0.04 },
    { vcpuHour: 0, gibHour: 1 },
    { vcpuHour: 1, gibHour: '1' },
    { vcpuHour: 1, gibHour: 1, currency: 'dollars' },
  ])('are not %j', (wrong) => {
    expect(pricesSchema.safeParse(wrong).success).toBe(false);
  });
});
