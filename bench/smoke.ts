/**
 * `node bench/smoke.ts [--rounds 5] [--hurl PATH] [--json]`: the packaged `nightshift smoke run` beside hurl (when it is on the PATH or named) and a bare
 * node:http client, all against one server on the loopback, in the same rounds. Bars are printed only: times are the machine's as much as ours.
 */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Contestant, contestantsOf, type Sample } from './smoke/contestants.ts';
import { type Bar, barsOf, type Figures, figuresOf, type Run } from './smoke/figures.ts';
import { LOADS, type Load } from './smoke/load.ts';

interface Options {
  readonly rounds: number;
  readonly hurl: string | undefined;
  readonly json: boolean;
}

async function main({ rounds, hurl, json }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-smoke-'));
  const server = fork(fileURLToPath(new URL('./smoke/server.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const contestants = await contestantsOf({ folder, origin: `http://127.0.0.1:${port}`, hurl });
    const runs: Run[] = [];
    for (const load of LOADS) for (const jobs of load.jobs) runs.push(...(await play(contestants, { load, jobs, rounds })));
    const figures = runs.map(figuresOf);
    const [latency, throughput] = LOADS as readonly [Load, Load];
    const bars = barsOf(figures, [latency, throughput]);
    const head = `Node ${process.version}, ${cpus().length} cores, ${hurl ? versionOf(hurl) : 'no hurl'}; medians of ${rounds} rounds\n\n`;
    process.stdout.write(json ? `${JSON.stringify({ figures, bars }, null, 2)}\n` : `${head}${figuresTable(figures)}\n${barsTable(bars)}`);
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Game {
  readonly load: Load;
  readonly jobs: number;
  readonly rounds: number;
}

/** Who goes first changes with each round. */
async function play(contestants: readonly Contestant[], { load, jobs, rounds }: Game): Promise<readonly Run[]> {
  const samples = new Map(contestants.map(({ name }) => [name, [] as Sample[]]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      samples.get(contestant.name)?.push(await contestant.run(load, jobs));
    }
  }
  return [...samples].map(([contestant, all]) => ({ load, jobs, contestant, samples: all }));
}

function figuresTable(figures: readonly Figures[]): string {
  const rows = figures.map(({ load, jobs, contestant, wallMs, requestsMs, perSecond, peakRssMb }) =>
    [load, jobs, contestant, wallMs.toFixed(0), requestsMs.toFixed(0), perSecond.toFixed(0), peakRssMb.toFixed(0)].join(' | '),
  );
  return table(['load', 'at a time', 'who', 'process ms', 'requests ms', 'requests/s', 'peak RSS MB'], rows);
}

function barsTable(bars: readonly Bar[]): string {
  return table(
    ['bar', 'measured', ''],
    bars.map(({ promise, measured, met }) => [promise, measured, met ? 'PASS' : 'MISS'].join(' | ')),
  );
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |\n`).join('');
}

function versionOf(hurl: string): string {
  return (spawnSync(hurl, ['--version'], { encoding: 'utf8' }).stdout ?? '').split(' ').slice(0, 2).join(' ');
}

function options(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string', default: '5' }, hurl: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (!/^[1-9]\d*$/.test(values.rounds)) throw new Error(`--rounds ${values.rounds}: a whole number above 0 is needed`);
  const onPath = spawnSync('hurl', ['--version']).status === 0 ? 'hurl' : undefined;
  return { rounds: Number(values.rounds), hurl: values.hurl ?? onPath, json: values.json };
}

await main(options(process.argv.slice(2)));
