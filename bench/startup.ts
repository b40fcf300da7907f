/**
 * `npm run build cli && node bench/startup.ts`: the start-up of the packaged CLI, beside a bare Node process in the same run. Of a command that
 * touches a cluster, the time to its first request counts: what comes after is the cluster's.
 * Exits with 1 when a command costs more than its budget of our own time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from './median.ts';
import { USERS, watchedCluster } from './startup/first-request.ts';

const CLI = fileURLToPath(new URL('../dist/cli/nightshift.js', import.meta.url));
const RUNS = 15;
const BUDGET_MS = 150;
const SPEC = ['Mon-Fri 07:00-19:00 Europe/Berlin', '--at', '2026-03-30T12:00:00Z'];
const DEPLOYMENT = 'kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n';

const COMMANDS: readonly { readonly args: readonly string[]; readonly input?: string }[] = [
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['schedule', 'test', ...SPEC] },
  { args: ['schedule', 'next', ...SPEC] },
  { args: ['plan', '-f', '-', '--default-downtime', 'always'], input: DEPLOYMENT },
];

async function main(): Promise<void> {
  if (!existsSync(CLI)) throw new Error(`there is no ${CLI}: run npm run build first`);
  // Taken in turns, so that a busy machine is busy for all of them.
  const times = new Map<string, number[]>();
  const cluster = await watchedCluster();
  for (let round = 0; round < RUNS; round++) {
    record(times, 'bare', timeOf(['-e', '0']));
    for (const { args, input } of COMMANDS) record(times, args.join(' '), timeOf([CLI, ...args], input));
    for (const user of USERS) record(times, `plan, of a cluster, by ${user}`, await cluster.firstRequestOf([CLI, 'plan', '--quiet'], user));
  }
  await cluster.close();
  const { bare = [], ...commands } = Object.fromEntries(times);
  const own = Object.entries(commands).map(([command, taken]) => ({ command, ms: median(taken) - median(bare) }));
  const lines = own.map(({ command, ms }) => `| nightshift ${command} | ${ms.toFixed(0)} |`);
  process.stdout.write(`Node ${process.version}, ${cpus().length} cores, median of ${RUNS}; node -e 0: ${median(bare).toFixed(0)} ms\n\n`);
  process.stdout.write(`| command | own time, ms |\n|---|---|\n${lines.join('\n')}\n`);
  if (own.some(({ ms }) => ms > BUDGET_MS)) process.exitCode = 1;
}

function record(times: Map<string, number[]>, name: string, ms: number): void {
  times.set(name, [...(times.get(name) ?? []), ms]);
}

/** A process that fails has no start-up time worth knowing. */
function timeOf(args: readonly string[], input = ''): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} exited with ${status}: ${stderr}`);
  return ms;
}

await main();
