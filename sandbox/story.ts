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
import { Page } from './story/page.ts';
import { tellReleases } from './story/releases.ts';
import { Teller } from './story/teller.ts';
import { type FunctionName, type SandboxWorld, startSandboxWorld } from './world.ts';

export interface StoryOptions {
  readonly out: NodeJS.WritableStream;
  /** Found beside this program unless told. */
  readonly bundles?: Partial<StoryBundles>;
}

/** Absolute paths of the packaged functions. */
export interface StoryBundles {
  readonly scale: string;
  readonly smoke: string;
}

/**
 * The jobs, told on the embedded sandbox: a dev cluster falls asleep and wakes up, and releases are deployed to it, through the packaged functions,
 * signed and checked as on AWS. What is proved is read from the API server's objects, the bucket, the table and the pipeline's jobs; what the functions
 * report is only told.
 * @returns 0, or 1 when a proof does not hold
 * @throws BadInputError when a function was not built
 */
export async function runStory({ out, bundles }: StoryOptions): Promise<number> {
  const { scale = findBundle('scale-dev-nightly'), smoke = findBundle('post-deploy-smoke') } = bundles ?? {};
  const page = new Page(out);
  const teller = new Teller(page);
  const startedAt = Date.now();
  const world = await startSandboxWorld();
  try {
    await world.kubernetes.settled();
    const night = await tell(teller, world, scale);
    const releases = await tellReleases(page, world, smoke);
    const holds = night && releases;
    teller.ending(holds, Date.now() - startedAt);
    return holds ? 0 : 1;
  } finally {
    await world.close();
  }
}

async function tell(teller: Teller, world: SandboxWorld, bundle: string): Promise<boolean> {
  const { kubernetes } = world;
  const { evening, morning } = eveningAndMorning(Date.now());
  const env = world.functionEnvironment();
  const run = async (event: object): Promise<Report> => (await invokePackaged({ bundle, event, env })) as Report;
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
function findBundle(name: FunctionName): string {
  const relative = join('functions', name, 'index.mjs');
  const candidates = ['../dist', '..', '../..', '../../dist'].map((folder) => join(import.meta.dirname, folder, relative));
  const found = candidates.find((path) => existsSync(path));
  if (!found) throw new BadInputError(`cannot tell the story: the packaged ${name} is not built`, { hint: 'run npm run build first' });
  return found;
}
