/**
 * `node bench/cold-start.ts [--rounds N]`: cold starts of the packaged functions under AWS's own runtime client, beside a bare handler and beside
 * the obvious bundle, in turns. Exits with 1 when a bar is missed, and with 2 where the runtime client can't be installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../lib/platform/errors.ts';
import { startSandboxWorld } from '../sandbox/world.ts';
import { hasRuntimeClient, installRuntimeClient } from '../test/support/runtime-client.ts';
import { barsOf } from './cold-start/bars.ts';
import { type Contestant, type Contestants, contestants } from './cold-start/contestants.ts';
import { type Figures, figuresOf, type Measured } from './cold-start/figures.ts';
import { openedAtInit, type Sample, type Surroundings, sample } from './cold-start/sample.ts';
import { barsTable, figuresTable } from './cold-start/table.ts';

async function main(rounds: number): Promise<void> {
  const client = await runtimeClient();
  if (client === undefined) {
    process.exitCode = 2;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'cold-start-'));
  const world = await startSandboxWorld();
  try {
    await world.kubernetes.settled();
    const figures = await measure(await contestants(folder, world), rounds, { client });
    const bars = figures.filter(({ toObvious }) => toObvious !== undefined).flatMap(barsOf);
    process.stdout.write(
      `Node ${process.version}, ${cpus().length} cores, ${process.arch}, medians of ${rounds} rounds, time spent waiting for a processor left out\n\n`,
    );
    process.stdout.write(`${figuresTable(figures)}\n\n${barsTable(bars)}\n`);
    if (bars.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
  } finally {
    await world.close();
    await rm(folder, { recursive: true });
  }
}

/** Undefined, after a word about it, where it can't be had. */
async function runtimeClient(): Promise<string | undefined> {
  try {
    if (await hasRuntimeClient()) return await installRuntimeClient();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
  }
  process.stderr.write(
    'cold starts cannot be measured: AWS’s runtime client (aws-lambda-ric) is not installed here and cannot be compiled\n',
  );
  return undefined;
}

/** In turns, so that a busy machine is busy for all. */
async function measure({ bare, pairs }: Contestants, rounds: number, surroundings: Surroundings): Promise<readonly Figures[]> {
  const all = [bare, ...pairs.flatMap(({ ours, obvious }) => [ours, obvious])];
  const samples = new Map<Contestant, Sample[]>(all.map((each) => [each, []]));
  // What the first start of each reads is in the page cache for the others; it counts for none.
  const opened = new Map(await inTurn(all, async (each) => [each, await openedAtInit(each, surroundings)] as const));
  for (let round = 0; round < rounds; round++) {
    await inTurn(all, async (each) => samples.get(each)?.push(await sample(each, surroundings)));
  }
  const measured = (each: Contestant): Measured => ({
    name: each.name,
    samples: samples.get(each) ?? [],
    opened: opened.get(each) ?? { files: 0, bytes: 0 },
  });
  return [
    figuresOf(measured(bare), measured(bare)),
    ...pairs.flatMap(({ ours, obvious }) => [
      figuresOf(measured(ours), measured(bare), measured(obvious)),
      figuresOf(measured(obvious), measured(bare)),
    ]),
  ];
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
await main(Math.max(1, Number.parseInt(values.rounds, 10) || 1));
