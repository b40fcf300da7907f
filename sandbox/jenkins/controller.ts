import type { QueueItem, SandboxBuild, SandboxJob } from './jobs.ts';

/** Hard-coded in Jenkins's Queue.java: for so long an item is known after it left the queue. */
export const PURGE_MS = 5 * 60_000;

export interface Controller {
  readonly jobs: ReadonlyMap<string, SandboxJob>;
  job(name: string): SandboxJob | undefined;
  /** Puts a build into the queue, or joins a waiting item with the same parameters. */
  schedule(job: string, values: Pick<QueueItem, 'parameters' | 'files'>): { readonly item: QueueItem; readonly merged: boolean };
  /** `undefined` for one that was never there or is forgotten. */
  item(id: number): QueueItem | undefined;
  waiting(): readonly QueueItem[];
  /** Newest first. */
  builds(job: string): readonly SandboxBuild[];
  cancel(id: number): boolean;
  abort(build: SandboxBuild): void;
  deleteBuild(job: string, number: number): void;
  isBuilding(build: SandboxBuild): boolean;
}

/** The queue and the builds. Nothing runs on its own: every look first lets happen what is due by the clock. */
export function controller(jobs: ReadonlyMap<string, SandboxJob>, now: () => number): Controller {
  const items: QueueItem[] = [];
  const builds: SandboxBuild[] = [];
  const numbers = new Map<string, number>();
  // As on a controller that has worked before.
  let lastId = 122;

  const start = (item: QueueItem): void => {
    const job = jobs.get(item.job);
    const number = (numbers.get(item.job) ?? 0) + 1;
    numbers.set(item.job, number);
    item.build = number;
    const endsAt = item.leavesAt + (job?.durationMs ?? 0);
    builds.push({ job: item.job, number, item, startedAt: item.leavesAt, endsAt, result: job?.result ?? 'SUCCESS' });
  };
  const settle = (): void => {
    for (const item of items) if (item.build === undefined && !item.cancelled && item.leavesAt <= now()) start(item);
  };
  const isWaiting = (item: QueueItem): boolean => item.build === undefined && !item.cancelled;
  const find = (id: number): QueueItem | undefined => {
    settle();
    return items.find((item) => item.id === id && (isWaiting(item) || now() < item.leavesAt + PURGE_MS));
  };

  return {
    jobs,
    job: (name) => jobs.get(name),
    item: find,
    schedule(job, { parameters, files }) {
      settle();
      const same = items.find((item) => isWaiting(item) && item.job === job && sameValues(item, { parameters, files }));
      if (same) return { item: same, merged: true };
      lastId += 1;
      const leavesAt = now() + (jobs.get(job)?.queueMs ?? 0);
      const item: QueueItem = { id: lastId, job, parameters, files, queuedAt: now(), leavesAt, cancelled: false };
      items.push(item);
      return { item, merged: false };
    },
    waiting() {
      settle();
      return items.filter(isWaiting);
    },
    builds(job) {
      settle();
      return builds.filter((build) => build.job === job).reverse();
    },
    cancel(id) {
      const item = find(id);
      if (!item || !isWaiting(item)) return false;
      item.cancelled = true;
      item.leavesAt = now();
      return true;
    },
    abort(build) {
      if (build.endsAt <= now()) return;
      build.endsAt = now();
      build.result = 'ABORTED';
    },
    deleteBuild(job, number) {
      const index = builds.findIndex((build) => build.job === job && build.number === number);
      if (index >= 0) builds.splice(index, 1);
    },
    isBuilding: (build) => build.endsAt > now(),
  };
}

function sameValues(a: Pick<QueueItem, 'parameters' | 'files'>, b: Pick<QueueItem, 'parameters' | 'files'>): boolean {
  const text = ({ parameters, files }: Pick<QueueItem, 'parameters' | 'files'>): string =>
    JSON.stringify([Object.entries(parameters).sort(), Object.keys(files).length]);
  // Two file parameters are never equal.
  return Object.keys(a.files).length === 0 && text(a) === text(b);
}
