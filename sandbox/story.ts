import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BadInputError } from '../lib/platform/errors.ts';
import type { Report } from '../lib/platform/report.ts';
import { differences, fingerprint, namespaceLines, runningPods } from './story/cluster-view.ts';
import { eveningAndMorning } from './story/evening-and-morning.ts';
import { invokePackaged } from './story/packaged-function.ts';
import { Teller } from './story/teller.ts';
import { type SandboxWorld, startSandboxWorld } from './world.ts';

export interface StoryOptions {
  readonly out: NodeJS.WritableStream;
  /** Absolute path of the packaged function; found beside this program unless told. */
  readonly bundle?: string;
}

/**
 * The main job, told on the embedded sandbox: a dev cluster falls asleep and wakes up, through the packaged function, signed and checked as on AWS.
 * Every proof is computed from the API server's objects.
 * @returns 0, or 1 when a proof does not hold
 * @throws BadInputError when the function was not built
 */
export async function runStory({ out, bundle = findBundle() }: StoryOptions): Promise<number> {
  const teller = new Teller(out);
  const startedAt = Date.now();
  const world = await startSandboxWorld();
  try {
    await world.kubernetes.settled();
    const holds = await tell(teller, world, bundle);
    teller.ending(holds, Date.now() - startedAt);
    return holds ? 0 : 1;
  } finally {
    await world.close();
  }
}

async function tell(teller: Teller, world: SandboxWorld, bundle: string): Promise<boolean> {
  const { kubernetes } = world;
  const { evening, morning } = eveningAndMorning(Date.now());
  const run = (event: object): Promise<Report> => invokePackaged({ bundle, event, env: world.functionEnvironment() });
  const at = (ms: number): string => new Date(ms).toISOString();

  const before = kubernetes.snapshot();
  teller.opening(world.clusterName, namespaceLines(before), runningPods(before));

  const plan = await run({ action: 'plan', at: at(evening) });
  teller.plan(evening, plan);

  const sleep = await run({ action: 'reconcile', at: at(evening) });
  await settle(world);
  const night = kubernetes.snapshot();
  teller.night(sleep, namespaceLines(night), { before: runningPods(before), after: runningPods(night) });
  const again = await run({ action: 'plan', at: at(evening) });
  const ledgers = [...(world.aws.objectsIn(world.stateBucket)?.keys() ?? [])].filter((key) => key.startsWith(`runs/${sleep.runId}/`));
  const asleep = teller.proofOfSleep({
    planned: plan.counts.planned ?? 0,
    slept: sleep.counts.changed ?? 0,
    left: again.counts.planned ?? 0,
    ledgers: ledgers.length,
  });

  const wake = await run({ action: 'reconcile', at: at(morning) });
  await settle(world);
  const day = kubernetes.snapshot();
  teller.morning(morning, wake, namespaceLines(day), runningPods(day));
  // What another tool had put to sleep before the story began is woken too; it is not expected to be as it was.
  const others = plan.items
    .filter(({ original, action }) => action === 'none' && original !== null)
    .map(({ ref }) => ref.slice(world.clusterName.length + 1));
  const original = fingerprint(before);
  const whole = teller.proofOfWaking({
    slept: sleep.counts.slept ?? 0,
    woken: wake.counts.woken ?? 0,
    others,
    compared: original.size - others.length,
    changed: differences(original, fingerprint(day)).filter((name) => !others.includes(name)),
  });
  return asleep && whole;
}

/** Pods come and go a moment after their workload changed. */
async function settle({ kubernetes }: SandboxWorld): Promise<void> {
  await kubernetes.settled();
  await wait(50);
  await kubernetes.settled();
}

/** From a checkout the sources run beside `dist`, from the package the bundle does. */
function findBundle(): string {
  const relative = join('functions', 'scale-dev-nightly', 'index.mjs');
  const candidates = ['../dist', '..', '../..', '../../dist'].map((folder) => join(import.meta.dirname, folder, relative));
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new BadInputError('cannot tell the story: the packaged function is not built', { hint: 'run npm run build first' });
  return found;
}
