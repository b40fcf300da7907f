import type { Savings } from '../platform/report.ts';
import { adapterOf } from './kinds/kinds.ts';
import type { PodRequests } from './pod-requests.ts';
import type { Prices } from './prices.ts';
import type { Workload } from './workload.ts';

/** A workload that is asleep, and by how much. */
export interface Sleeper {
  readonly cluster: string;
  readonly workload: Pick<Workload, 'kind' | 'namespace' | 'requests'>;
  /** Replicas below its record; for a CronJob 1. */
  readonly missing: number;
}

type Place = Savings['byNamespace'][number];

const GIB = 2 ** 30;

/** Namespaces that are named; a fleet has thousands. */
const MOST_PLACES = 20;

/** Pure: what the requests of the Pods that do not run cost per hour. CronJobs save nothing by this measure. */
export function savingsOf(sleepers: readonly Sleeper[], prices: Prices): Savings {
  const places = placesOf(sleepers, prices);
  return {
    currency: prices.currency,
    perHour: money(total(places)),
    withoutRequests: sleepers.filter(({ workload }) => adapterOf(workload.kind).scalable && workload.requests === undefined).length,
    byNamespace: shorten(places).map((place) => ({ ...place, perHour: money(place.perHour) })),
  };
}

/** `1.24 USD an hour`; undefined when nothing is saved. */
export function savingText({ currency, perHour }: Savings): string | undefined {
  if (perHour === 0) return undefined;
  return `${perHour.toFixed(perHour < 0.01 ? 4 : 2)} ${currency} an hour`;
}

/** Each place that saves something, the dearest first. */
function placesOf(sleepers: readonly Sleeper[], prices: Prices): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { cluster, workload, missing } of sleepers) {
    if (workload.requests === undefined) continue;
    const { namespace } = workload;
    const key = JSON.stringify([cluster, namespace]);
    const perHour = (places.get(key)?.perHour ?? 0) + missing * priceOfPod(workload.requests, prices);
    places.set(key, { cluster, namespace, perHour });
  }
  return [...places.values()].sort(byPrice);
}

function priceOfPod({ milliCpu, memoryBytes }: PodRequests, { vcpuHour, gibHour }: Prices): number {
  return (milliCpu / 1_000) * vcpuHour + (memoryBytes / GIB) * gibHour;
}

/** Parentheses are in no namespace's name. */
function shorten(places: readonly Place[]): readonly Place[] {
  const rest = places.slice(MOST_PLACES);
  if (rest.length === 0) return places;
  const sum = { cluster: '(all)', namespace: `(${rest.length} more)`, perHour: total(rest) };
  return [...places.slice(0, MOST_PLACES), sum];
}

function total(places: readonly Place[]): number {
  return places.reduce((sum, { perHour }) => sum + perHour, 0);
}

function byPrice(a: Place, b: Place): number {
  return b.perHour - a.perHour || compare(a.cluster, b.cluster) || compare(a.namespace, b.namespace);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function money(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
