import { StatusError } from '../status.ts';
import type { StoreEvent } from '../store.ts';
import type { World } from '../verbs/world.ts';
import type { Controller } from './controller.ts';
import { daemonSetController } from './daemon-set.ts';
import { deploymentController } from './deployment.ts';
import { endpointSliceController } from './endpoint-slice.ts';
import { garbageCollector } from './garbage-collector.ts';
import { jobController } from './job.ts';
import { namespaceController } from './namespace.ts';
import { podController } from './pod.ts';
import { replicaSetController } from './replica-set.ts';
import { statefulSetController } from './stateful-set.ts';

const CONTROLLERS: readonly Controller[] = [
  namespaceController,
  garbageCollector,
  deploymentController,
  replicaSetController,
  statefulSetController,
  daemonSetController,
  jobController,
  podController,
  endpointSliceController,
];

/** Steps taken before requests get a turn again. */
const SLICE = 50;

export interface RunningControllers {
  /** Resolves when nothing is left to do. */
  settled(): Promise<void>;
  stop(): void;
}

/** Runs the controllers on the events of the store, one step at a time in the order in which the need arose. */
export function startControllers(world: World, delayMs: number): RunningControllers {
  const queue = new Map<string, { readonly controller: Controller; readonly uid: string }>();
  let waiting: Array<() => void> = [];
  let cancel: (() => void) | undefined;
  let isWorking = false;

  const schedule = (ms: number): void => {
    if (cancel !== undefined || isWorking) return;
    if (ms > 0) {
      const timer = setTimeout(work, ms);
      cancel = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(work);
      cancel = () => clearImmediate(immediate);
    }
  };
  const enqueue = (event: StoreEvent): void => {
    for (const controller of CONTROLLERS) {
      for (const uid of controller.concerns(event, world)) queue.set(`${controller.name}|${uid}`, { controller, uid });
    }
    if (queue.size > 0) schedule(delayMs);
  };
  // What the API refuses (a child's name that would be too long) stays undone until the object changes, as it does on a real cluster.
  const attempt = (controller: Controller, uid: string): void => {
    try {
      controller.reconcile(world, uid);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  };
  const work = (): void => {
    cancel = undefined;
    isWorking = true;
    // What the steps of this slice bring about waits for its own delay, so that an observer sees a rollout happen.
    const slice = firstOf(queue, SLICE);
    const isRest = queue.size > slice.length;
    for (const [key, { controller, uid }] of slice) {
      queue.delete(key);
      attempt(controller, uid);
    }
    isWorking = false;
    if (queue.size > 0) schedule(isRest ? 0 : delayMs);
    else resolveWaiting();
  };
  const resolveWaiting = (): void => {
    const settled = waiting;
    waiting = [];
    for (const resolve of settled) resolve();
  };
  const unsubscribe = world.store.subscribe(enqueue);
  return {
    settled: () => (queue.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    stop() {
      unsubscribe();
      cancel?.();
      queue.clear();
      resolveWaiting();
    },
  };
}

function firstOf<K, V>(map: ReadonlyMap<K, V>, count: number): Array<[K, V]> {
  const result: Array<[K, V]> = [];
  for (const entry of map) {
    if (result.length === count) break;
    result.push(entry);
  }
  return result;
}
