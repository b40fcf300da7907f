import type { KubernetesObject } from '@kubernetes/client-node';
import type { Report } from '../../lib/platform/report.ts';
import { originalReplicas } from '../../lib/sleep/annotations.ts';
import { adapterOf } from '../../lib/sleep/kinds/kinds.ts';
import { isWorkload, nameOf } from './cluster-view.ts';
import type { LedgerCopy } from './ledger-copies.ts';

/** What there is to prove, as far as it goes, and each workload that speaks against it: `shop/Deployment/cart: it is at 2, not 0`. */
export interface Evidence {
  readonly count: number;
  readonly against: readonly string[];
}

interface Known {
  readonly uid: string | undefined;
  readonly size: number;
  /** The record on the object of what it was, as written. */
  readonly record: string | undefined;
  /** What the record says. */
  readonly recorded: number | undefined;
}

type Snapshot = readonly KubernetesObject[];

/** Whether the workloads that changed between the snapshots are those that the plan names, each at the size that it names. */
export function changesAsPlanned(plan: Report, before: Snapshot, after: Snapshot): Evidence {
  const planned = new Map(plan.items.flatMap(({ ref, action, to }) => (isChange(action) ? [[withoutCluster(ref), to] as const] : [])));
  const earlier = knownOf(before);
  const later = knownOf(after);
  const against = [...new Set([...planned.keys(), ...earlier.keys(), ...later.keys()])].flatMap((name) => {
    const [was, is] = [earlier.get(name)?.size, later.get(name)?.size];
    const wanted = planned.has(name) ? planned.get(name) : was;
    return is === wanted ? [] : [`${name}: it is ${placeOf(is)}, not ${placeOf(wanted)}`];
  });
  return { count: planned.size, against };
}

/** Whether each workload that fell asleep between the snapshots has its former size both on the object and in the ledger, and no other is there. */
export function originalsKept(before: Snapshot, after: Snapshot, copies: readonly LedgerCopy[]): Evidence {
  const later = knownOf(after);
  const asleep = sleepersOf(before, after);
  const inLedger = new Map(copies.map((copy) => [copy.name, copy]));
  const against = [...asleep].flatMap(([name, was]) => {
    const onObject = later.get(name);
    const copy = inLedger.get(name);
    return [
      ...(onObject?.recorded === was.size
        ? []
        : [`${name}: it was at ${was.size}, and its object records ${onObject?.record ?? 'nothing'}`]),
      ...(copy?.original === was.size ? [] : [`${name}: it was at ${was.size}, and S3 holds ${copy?.original ?? 'nothing'}`]),
      ...(copy === undefined || copy.uid === was.uid ? [] : [`${name}: S3 holds another object of this name`]),
    ];
  });
  const strangers = [...inLedger.keys()].filter((name) => !asleep.has(name));
  return {
    count: asleep.size,
    against: [...against, ...strangers.map((name) => `${name}: it did not fall asleep, and S3 holds an original of it`)],
  };
}

/** Whether each workload that fell asleep by night has its size again by day, and no record is left on it. */
export function sleepersAwake(before: Snapshot, night: Snapshot, day: Snapshot): Evidence {
  const asleep = sleepersOf(before, night);
  return { count: asleep.size, against: [...asleep].flatMap(([name, was]) => notAwake(name, was.size, knownOf(day))) };
}

/** Whether what another tool had put to sleep before is awake by day, as that tool's record says. */
export function othersAwake(before: Snapshot, day: Snapshot): Evidence & { readonly names: readonly string[] } {
  const others = [...knownOf(before)].filter(([, { size, recorded }]) => recorded !== undefined && size < recorded);
  const against = others.flatMap(([name, { recorded }]) => notAwake(name, recorded, knownOf(day)));
  return { count: others.length, against, names: others.map(([name]) => name) };
}

function notAwake(name: string, size: number | undefined, day: ReadonlyMap<string, Known>): readonly string[] {
  const now = day.get(name);
  if (now?.size !== size) return [`${name}: it is ${placeOf(now?.size)}, not ${placeOf(size)}`];
  return now?.record === undefined ? [] : [`${name}: it is awake, and its object still records ${now.record}`];
}

/** As they were: the workloads that are smaller in the later snapshot. */
function sleepersOf(before: Snapshot, after: Snapshot): ReadonlyMap<string, Known> {
  const later = knownOf(after);
  return new Map([...knownOf(before)].filter(([name, { size }]) => (later.get(name)?.size ?? size) < size));
}

function knownOf(objects: Snapshot): ReadonlyMap<string, Known> {
  return new Map(
    objects.filter(isWorkload).map((object) => {
      const adapter = adapterOf(object.kind);
      const record = object.metadata?.annotations?.[originalReplicas];
      const recorded = record === undefined ? undefined : adapter.parseOriginal(record);
      return [nameOf(object), { uid: object.metadata?.uid, size: adapter.sizeOf(object), record, recorded }];
    }),
  );
}

function isChange(action: string): boolean {
  return action === 'sleep' || action === 'wake';
}

function withoutCluster(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}

function placeOf(size: unknown): string {
  return size === undefined ? 'gone' : `at ${String(size)}`;
}
