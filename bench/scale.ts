/**
 * `KUBEBUILDER_ASSETS=... node bench/scale.ts [--objects 5000] [--rounds 3] [--concurrency 16] [--profiles FOLDER]`: the packaged CLI puts thousands of
 * Deployments to sleep and wakes them on a real API server, beside a raw ceiling in the same run. Requests are counted by the API server, bytes at the
 * sockets. Exits with 1 when a bar on counts or memory is missed; times are printed only, because they are the machine's as much as ours.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ControlPlane, startControlPlane } from '../test/support/control-plane.ts';
import { barsOf } from './scale/bars.ts';
import { type Action, buildContestants, CONTESTANTS, type ContestantName, type Contestants } from './scale/contestants.ts';
import { listDeployments, originalOf, seed } from './scale/deployments.ts';
import { figuresOf, type Round, type Sample } from './scale/figures.ts';
import { type ScaleOptions, scaleOptions } from './scale/options.ts';
import { type RawClient, rawClient } from './scale/raw-client.ts';
import { requestCounts, requestsBetween } from './scale/request-counts.ts';
import { barsTable, figuresTable } from './scale/table.ts';

/** The API server counts a request after it has answered it. */
const METRICS_LAG_MS = 100;

async function main(options: ScaleOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-scale-'));
  const plane = await startControlPlane();
  const client = rawClient(plane.kubeconfigPath, 8);
  try {
    const bytes = await seed(client, options);
    const { gitVersion } = await client.json<{ readonly gitVersion: string }>('GET', '/version');
    say(
      `${options.objects} Deployments of ${(bytes / 1000).toFixed(1)} KB in ${options.namespaces} namespaces, ${options.concurrency} in flight, ` +
        `kube-apiserver ${gitVersion}, Node ${process.version}, ${cpus().length} cores; median of ${options.rounds}\n`,
    );
    const contestants = await buildContestants(folder, { ...options, kubeconfig: plane.kubeconfigPath });
    const rounds = await playRounds(plane, client, contestants, options);
    const bars = barsOf(rounds, options.objects);
    say(`${figuresTable(figuresOf(rounds), options.objects)}\n\n${barsTable(bars)}`);
    if (bars.some(({ met, strict }) => strict && !met)) process.exitCode = 1;
  } finally {
    client.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Who goes first changes with each round. Every round begins on a compacted etcd, so that no history piles up. */
async function playRounds(plane: ControlPlane, client: RawClient, contestants: Contestants, options: ScaleOptions): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let number = 0; number < options.rounds; number++) {
    await plane.compact();
    const played = new Map<ContestantName, Round[ContestantName]>();
    for (const name of number % 2 === 0 ? CONTESTANTS : CONTESTANTS.toReversed()) {
      const run = (action: Action): Promise<Sample> => sample(client, () => contestants[name](action));
      const sleep = await run('sleep');
      await expectAll(client, options.objects, 'asleep', ({ replicas, original }, awake) => replicas === 0 && original === String(awake));
      const again = await run('sleep');
      const wake = await run('wake');
      await expectAll(client, options.objects, 'awake', ({ replicas, original }, awake) => replicas === awake && original === undefined);
      played.set(name, { sleep, again, wake });
    }
    rounds.push(Object.fromEntries(played) as Round);
  }
  return rounds;
}

async function sample(client: RawClient, run: () => ReturnType<Contestants['nightshift']>): Promise<Sample> {
  const before = requestCounts(await client.text('/metrics'));
  const spent = await run();
  await wait(METRICS_LAG_MS);
  return { ...spent, requests: requestsBetween(before, requestCounts(await client.text('/metrics'))) };
}

type Listed = Awaited<ReturnType<typeof listDeployments>>[number];

/** A contestant that does not do the work has no figures. */
async function expectAll(client: RawClient, objects: number, state: string, is: (listed: Listed, awake: number) => boolean): Promise<void> {
  const listed = await listDeployments(client);
  const count = listed.filter((each) => is(each, originalOf(each.name))).length;
  if (count !== objects) throw new Error(`${count} of ${objects} Deployments are ${state}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main(scaleOptions(process.argv.slice(2)));
