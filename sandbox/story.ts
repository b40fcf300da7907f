import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BadInputError } from '../lib/platform/errors.ts';
import type { Report } from '../lib/platform/report.ts';
import { differences, fingerprint, namespaceLines, runningPods } from './story/cluster-view.ts';
import { eveningAndMorning } from './story/evening-and-morning.ts';
import { changesAsPlanned, originalsKept, othersAwake, sleepersAwake } from './story/evidence.ts';
import { ledgerCopies } from './story/ledger-copies.ts';
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
 * What is proved is read from the API server's objects and from the documents in the bucket; what the function reports is only told.
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
  await run({ action: 'reconcile', at: at(evening) });
  await settle(world);
  const again = differences(fingerprint(night), fingerprint(kubernetes.snapshot()));
  const ledger = ledgerOf(world, sleep.runId);
  const asleep = teller.proofOfSleep({
    changes: changesAsPlanned(plan, before, night),
    again: { count: fingerprint(night).size, against: again },
    originals: originalsKept(before, night, ledgerCopies(ledger)),
    documents: ledger.length,
  });

  const wake = await run({ action: 'reconcile', at: at(morning) });
  await settle(world);
  const day = kubernetes.snapshot();
  teller.morning(morning, wake, namespaceLines(day), runningPods(day));
  const original = fingerprint(before);
  // What another tool had put to sleep before the story began is woken too; it is not expected to be as it was.
  const others = othersAwake(before, day);
  const differing = differences(original, fingerprint(day)).filter((name) => !others.names.includes(name));
  const whole = teller.proofOfWaking({
    sleepers: sleepersAwake(before, night, day),
    others,
    same: { count: original.size - others.count, against: differing },
  });
  return asleep && whole;
}

/** The documents that hold the run's originals, as they lie in the bucket. */
function ledgerOf({ aws, stateBucket }: SandboxWorld, runId: string): readonly string[] {
  const objects = [...(aws.objectsIn(stateBucket) ?? [])];
  return objects.filter(([key]) => key.startsWith(`runs/${runId}/`)).map(([, { body }]) => body.toString());
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
