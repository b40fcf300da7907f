import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient, ListOptions, ObjectName, Resource } from '../../../../lib/kubernetes/client.ts';
import { NotFoundError } from '../../../../lib/kubernetes/errors.ts';
import type { Clock } from '../../../../lib/platform/clock.ts';
import type { Deadline } from '../../../../lib/platform/deadline.ts';
import { NOW } from '../verdict/objects.ts';

/** What a look finds; an error in its place is thrown. */
export type Found = Readonly<Record<string, KubernetesObject | readonly object[] | Error | undefined>>;

export interface FakeCluster {
  readonly client: KubernetesClient;
  /** `get deployments web`, `list pods app=web`, in their order. */
  readonly asked: readonly string[];
}

/** A cluster that is another at each look: a look begins with the `get` of its workload. The last world stays. */
export function fakeCluster(...worlds: readonly Found[]): FakeCluster {
  const asked: string[] = [];
  let world = -1;
  const found = (plural: string): Found[string] => {
    const value = worlds[Math.min(world, worlds.length - 1)]?.[plural];
    if (value instanceof Error) throw value;
    return value;
  };
  const refuse = (): never => {
    throw new Error('a look changes nothing');
  };
  const client: KubernetesClient = {
    cluster: 'demo',
    async get<T extends KubernetesObject>({ plural }: Resource, { name }: ObjectName): Promise<T> {
      asked.push(`get ${plural} ${name}`);
      world++;
      const object = found(plural);
      if (object === undefined)
        throw new NotFoundError(`cannot get ${plural} ${name}: it does not exist`, { cluster: 'demo', status: 404 });
      return object as T;
    },
    async list<T extends KubernetesObject, R>({ plural }: Resource, options: ListOptions<T, R>): Promise<R[]> {
      asked.push(`list ${plural} ${options.labelSelector ?? options.fieldSelector ?? ''}`.trim());
      return ((found(plural) ?? []) as readonly T[]).flatMap((item) => options.select(item) ?? []);
    },
    create: refuse,
    replace: refuse,
    patch: refuse,
    delete: refuse,
    close() {},
  };
  return { client, asked };
}

/** A clock that sleep alone moves, from the moment at which the tests look; and a budget on it. */
export function fakeTime(budgetMs: number): { readonly clock: Clock; readonly deadline: Deadline; readonly slept: readonly number[] } {
  let now = NOW;
  const slept: number[] = [];
  const end = NOW + budgetMs;
  const clock: Clock = {
    now: () => now,
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
  };
  const deadline: Deadline = { signal: new AbortController().signal, remainingMs: () => Math.max(0, end - now), expired: () => now >= end };
  return { clock, deadline, slept };
}
