import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';
import type { Deadline } from '../../../lib/platform/deadline.ts';
import type { Outcome } from '../../../lib/platform/job-definition.ts';
import { silentLog } from '../../../lib/platform/log.ts';
import { applyNight, decideNight, observeNight } from '../../../lib/sleep/night.ts';
import { planReport, runReport } from '../../../lib/sleep/night-report.ts';
import type { Prices } from '../../../lib/sleep/prices.ts';
import type { Intent } from '../../../lib/sleep/wanted.ts';
import { ModelCluster, type ModelObject } from '../../support/model-cluster.ts';
import { CallFaults, type Fault } from '../../support/model-faults.ts';
import { aPolicy, endless } from '../../support/model-night.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { aNamespace, builders, type WorkloadWish } from '../../support/workloads.ts';

const now = Date.parse('2026-03-30T23:00:00Z');
const record = 'downscaler/original-replicas';
const prices: Prices = { currency: 'EUR', vcpuHour: 2, gibHour: 1 };
/** The namespaces, each kind and what KEDA scales are listed before anything is written. */
const lists = 5;

type Wish = WorkloadWish & { readonly kind?: keyof typeof builders };

interface Night {
  readonly intent?: Intent;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly state?: ModelState;
  readonly runId?: string;
  readonly restore?: string;
  readonly faults?: CallFaults;
  readonly deadline?: Deadline;
  readonly priced?: boolean;
}

function clusterOf(...wishes: readonly Wish[]): ModelCluster {
  const cluster = new ModelCluster('dev');
  for (const name of ['dev', 'kube-system']) cluster.add(aNamespace(name));
  for (const [index, { kind = 'Deployment', ...wish }] of wishes.entries()) cluster.add(builders[kind]({ name: `w${index}`, ...wish }));
  return cluster;
}

async function night(cluster: ModelCluster, wish: Night = {}): Promise<{ readonly plan: Outcome; readonly report: Outcome }> {
  const { intent = 'sleep', state = new ModelState(), runId = 'r1', restore, faults = new CallFaults(), deadline = endless } = wish;
  const policy = aPolicy(wish.policy);
  const world = {
    clusters: [{ name: 'dev', connect: async () => cluster.client(faults) }],
    store: state.store(faults),
    policy,
    concurrency: 2,
  };
  const context = { runId, clock: { ...systemClock, now: () => now }, deadline, log: silentLog };
  const decisions = decideNight(await observeNight(world, context, restore), policy, { now, intent });
  const plan = planReport(decisions, wish.priced === false ? undefined : prices);
  return { plan, report: runReport(await applyNight(decisions, world, context, () => {}), wish.priced === false ? undefined : prices) };
}

const pod = { cpu: '500m', memory: '1Gi' };
const slept = (original: string, more: Wish = {}): Wish => ({ size: 0, annotations: { [record]: original }, ...more });

describe('what is asleep when a run has ended', () => {
  test.each<[what: string, wishes: readonly Wish[], night: Night, asleep: number]>([
    ['everything that was put to sleep', [{ size: 3 }, { kind: 'CronJob', size: 1 }], {}, 2],
    ['what slept before it', [slept('3'), slept('true', { kind: 'CronJob' }), slept('false', { kind: 'CronJob' })], {}, 2],
    ['what keeps a replica of more', [{ size: 3, annotations: { 'downscaler/downtime-replicas': '1' } }], {}, 1],
    ['nothing that is off by itself', [{ size: 0 }, { kind: 'CronJob', size: 0 }], {}, 0],
    ['nothing that was woken', [slept('3'), { size: 2 }], { intent: 'wake' }, 0],
    ['nothing with a record that cannot be read', [slept('many')], {}, 0],
    ['nothing that someone scaled up since', [{ size: 5, annotations: { [record]: '3' } }], { intent: 'wake' }, 0],
    ['nothing outside of the namespaces that take part', [slept('3', { namespace: 'kube-system' })], {}, 0],
    ['nothing whose name or kind is left alone', [slept('3', { name: 'downscaler' }), slept('3')], { policy: { kinds: ['CronJob'] } }, 0],
    ['nothing that its controller looks after', [slept('3', { ownedBy: 'Cluster/db' })], {}, 0],
    [
      'what is excluded and kept asleep',
      [slept('3', { annotations: { [record]: '3', 'downscaler/exclude': 'true' } })],
      { policy: { excludedSleepers: 'keep' } },
      1,
    ],
  ])('counts %s', async (_, wishes, how, asleep) => {
    const { plan, report } = await night(clusterOf(...wishes), how);

    expect(plan.counts.asleep).toBe(asleep);
    expect(report.counts.asleep).toBe(asleep);
  });

  test('is what stayed asleep when a wake failed, and not what stayed awake when a sleep failed', async () => {
    const firstWrite = new CallFaults(new Map([[lists + 1, { kind: 'refused' }]]));
    // After the question which cluster this is.
    const ledger = new CallFaults(new Map([[lists + 2, { kind: 'refused' }]]));

    const wake = await night(clusterOf(slept('3')), { intent: 'wake', faults: firstWrite });
    const sleep = await night(clusterOf({ size: 3 }, slept('2')), { faults: ledger });

    expect(wake).toMatchObject({ plan: { counts: { asleep: 0 } }, report: { counts: { failed: 1, asleep: 1 } } });
    expect(sleep).toMatchObject({ plan: { counts: { asleep: 2 } }, report: { counts: { failed: 1, asleep: 1 } } });
  });

  test('is nothing whose labels do not let it take part, though it could not be woken', async () => {
    const refused = new CallFaults(new Map([[lists + 1, { kind: 'refused' }]]));

    const { report } = await night(clusterOf(slept('3')), { policy: { matchingLabels: ['team=a'] }, faults: refused });

    expect(report.counts).toMatchObject({ failed: 1, asleep: 0 });
  });

  test('is what slept already when no time was left', async () => {
    const { report } = await night(clusterOf({ size: 3 }, slept('2')), { deadline: { ...endless, expired: () => true } });

    expect(report).toMatchObject({ remaining: 1, counts: { asleep: 1 } });
  });

  test('is nothing that was deleted, or woken by someone else, in the meantime', async () => {
    const cluster = clusterOf(
      { name: 'gone', size: 3 },
      slept('3', { name: 'woken', annotations: { [record]: '3', 'downscaler/force-uptime': 'true' } }),
    );
    const act = (): void => {
      cluster.remove('Deployment/dev/gone');
      cluster.edit('Deployment/dev/woken', { metadata: { annotations: { [record]: null } }, spec: { replicas: 4 } });
    };

    const { report } = await night(cluster, { faults: new CallFaults(new Map([[lists + 1, { kind: 'interlude', act }]])) });

    expect(report.counts).toMatchObject({ planned: 2, changed: 0, asleep: 0 });
  });

  test('is nothing of what a restore gave back', async () => {
    const state = new ModelState();
    const cluster = clusterOf({ size: 3, requests: pod });
    await night(cluster, { state });
    cluster.edit('Deployment/dev/w0', { metadata: { annotations: { [record]: null } } });

    const failed = await night(cluster, { state, restore: 'r1', runId: 'r2', faults: new CallFaults(new Map([[5, { kind: 'refused' }]])) });
    const restored = await night(cluster, { state, restore: 'r1', runId: 'r3' });

    expect(failed.report).toMatchObject({ counts: { failed: 1, asleep: 1 }, savings: { perHour: 6 } });
    expect(restored.report).toMatchObject({ counts: { woken: 1, asleep: 0 }, savings: { perHour: 0 } });
  });
});

describe('what a night saves', () => {
  test('is in the plan as what it would, and in the report as what it does', async () => {
    const cluster = clusterOf({ size: 3, requests: pod }, { kind: 'StatefulSet', size: 2 }, { kind: 'CronJob', size: 1, requests: pod });

    const { plan, report } = await night(cluster);

    const savings = { currency: 'EUR', perHour: 6, withoutRequests: 1, byNamespace: [{ cluster: 'dev', namespace: 'dev', perHour: 6 }] };
    expect(plan.savings).toEqual(savings);
    expect(report.savings).toEqual(savings);
    expect(plan.summary).toBe('would change 3 of 3 workloads on 1 cluster; would save 6.00 EUR an hour');
    expect(report.summary).toBe('3 put to sleep of 3 workloads on 1 cluster; saving 6.00 EUR an hour');
  });

  test('is nothing once everybody was woken, and is not said then', async () => {
    const { plan, report } = await night(clusterOf(slept('3', { requests: pod })), { intent: 'wake' });

    expect([plan.savings?.perHour, report.savings?.perHour]).toEqual([0, 0]);
    expect(report.summary).toBe('1 woken of 1 workload on 1 cluster');
  });

  test('is not spoken of without prices', async () => {
    const { plan, report } = await night(clusterOf({ size: 3, requests: pod }), { priced: false });

    expect(plan).not.toHaveProperty('savings');
    expect(report).not.toHaveProperty('savings');
    expect(report.summary).toBe('1 put to sleep of 1 workload on 1 cluster');
  });

  test('says before trouble what was saved', async () => {
    const cluster = clusterOf({ size: 1, requests: pod }, { size: 1, annotations: { 'downscaler/uptime': 'bogus' } });

    expect((await night(cluster)).report.summary).toBe('1 put to sleep of 2 workloads on 1 cluster; saving 2.00 EUR an hour; 1 problem');
  });
});

/** Sleepers as a person would find them on the objects, and what their Pods ask for. */
function onTheObjects(cluster: ModelCluster): { readonly asleep: number; readonly perHour: number } {
  const found = cluster.entries().flatMap(([, object]) => {
    const sleeps = missingOf(object);
    return sleeps > 0 ? [{ sleeps, pod: object.kind === 'CronJob' ? 0 : priceOf(object) }] : [];
  });
  return { asleep: found.length, perHour: found.reduce((sum, { sleeps, pod: price }) => sum + sleeps * price, 0) };
}

function missingOf({ kind, metadata, spec }: ModelObject): number {
  const text = metadata?.annotations?.[record];
  if (text === undefined || metadata?.namespace === 'kube-system' || metadata?.ownerReferences) return 0;
  return Number(text) - (kind === 'CronJob' ? Number(!spec?.suspend) : Number(spec?.replicas));
}

function priceOf(object: ModelObject): number {
  const requests = JSON.stringify(object.spec).match(/"requests":(\{[^}]*\})/)?.[1];
  const { cpu = '0m', memory = '0Mi' } = JSON.parse(requests ?? '{}') as Record<string, string>;
  return (Number.parseInt(cpu, 10) / 1_000) * prices.vcpuHour + (Number.parseInt(memory, 10) / 1_024) * prices.gibHour;
}

const anyWish: fc.Arbitrary<Wish> = fc
  .record({
    kind: fc.constantFrom<keyof typeof builders>('Deployment', 'StatefulSet', 'CronJob'),
    namespace: fc.constantFrom('dev', 'dev', 'dev', 'kube-system'),
    size: fc.nat(4),
    keeps: fc.option(fc.nat(2), { nil: undefined }),
    original: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    owned: fc.integer({ min: 1, max: 8 }).map((number) => number === 1),
    requests: fc.option(fc.record({ cpu: fc.nat(4_000).map((milli) => `${milli}m`), memory: fc.nat(8_192).map((mebi) => `${mebi}Mi`) }), {
      nil: undefined,
    }),
  })
  .map(({ kind, namespace, size, keeps, original, owned, requests }) => ({
    kind,
    namespace,
    size: kind === 'CronJob' ? size % 2 : size,
    annotations: {
      ...(original !== undefined && { [record]: kind === 'CronJob' ? '1' : String(original) }),
      ...(keeps !== undefined && { 'downscaler/downtime-replicas': String(keeps) }),
    },
    ...(owned && { ownedBy: 'Cluster/db' }),
    ...(requests && { requests }),
  }));

const anyCluster = fc.array(anyWish, { maxLength: 8 });

/** Writes that are refused, or whose answer is lost on the way. A look that is refused after a lost answer would leave everybody in the dark. */
const anyFaults = fc.oneof(...(['refused', 'repeated'] as const).map((kind) => faultsOf({ kind })));

function faultsOf(fault: Fault): fc.Arbitrary<[number, Fault][]> {
  return fc.array(
    fc.integer({ min: lists + 1, max: 15 }).map((call) => [call, fault]),
    { maxLength: 3 },
  );
}

describe('whatever happens on the way', () => {
  test('a report tells of exactly the sleepers that are on the cluster, and of what their Pods cost', async () => {
    let sleepers = 0;
    await fc.assert(
      fc.asyncProperty(anyCluster, fc.constantFrom<Intent>('sleep', 'sleep', 'wake'), anyFaults, async (wishes, intent, faults) => {
        const cluster = clusterOf(...wishes);

        const { report } = await night(cluster, { intent, faults: new CallFaults(new Map(faults)) });

        const { asleep, perHour } = onTheObjects(cluster);
        sleepers += asleep;
        expect(report.counts.asleep).toBe(asleep);
        expect(report.savings?.perHour).toBeCloseTo(perHour, 3);
      }),
      { numRuns: 500 },
    );

    expect(sleepers).toBeGreaterThan(500);
  });

  test('a plan tells what its items add up to, and a wake of everybody saves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyCluster, async (wishes) => {
        const cluster = clusterOf(...wishes);

        const { plan } = await night(cluster, { intent: 'sleep' });
        const woken = await night(cluster, { intent: 'wake', runId: 'r2' });

        const priced = plan.items.map(({ kind, namespace, name, to, original }) => {
          const object = cluster.get(`${kind}/${namespace}/${name}`);
          const counts = kind !== 'CronJob' && namespace !== 'kube-system' && !object?.metadata?.ownerReferences;
          return counts && object ? Math.max(0, Number(original) - Number(to)) * priceOf(object) : 0;
        });
        expect(plan.savings?.perHour).toBeCloseTo(
          priced.reduce((sum, price) => sum + price, 0),
          3,
        );
        expect(woken.report.savings?.perHour).toBe(0);
        expect(woken.report.counts.asleep).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
