import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Report } from '../../lib/platform/report.ts';

const child = new URL('./kill-child.ts', import.meta.url).pathname;

export interface KillableRun {
  readonly kubeconfig: string;
  readonly stateDirectory: string;
  /** What scale-dev-nightly is asked to do. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly runId: string;
}

/** When the SIGKILL is sent: so long after the process began, or so long after it told of this many changed objects. */
export interface KillMoment {
  readonly afterChanges?: number;
  readonly delayMs: number;
}

export interface KilledRun {
  /** False when it had ended by itself before its moment came. */
  readonly killed: boolean;
  /** What it told of before its end. */
  readonly changes: number;
  readonly planned: number;
  readonly lifetimeMs: number;
  readonly report?: Report;
}

/** Runs the night in a child process; with a moment, kills it then. Rejects when the process ends badly by itself. */
export async function runAndKill(run: KillableRun, moment?: KillMoment): Promise<KilledRun> {
  const began = performance.now();
  const args = [child, run.kubeconfig, run.stateDirectory, JSON.stringify(run.event), run.runId];
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [changes, planned, last, complaint] = [0, 0, '', ''];
  let timer: NodeJS.Timeout | undefined;
  const killIn = (delayMs: number): void => {
    timer ??= setTimeout(() => process_.kill('SIGKILL'), delayMs);
  };
  if (moment && moment.afterChanges === undefined) killIn(moment.delayMs);
  process_.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const lines = createInterface(process_.stdout);
  lines.on('line', (line) => {
    last = line;
    const [, done, total] = /^done (\d+) of (\d+)$/.exec(line) ?? [];
    if (total === undefined) return;
    [changes, planned] = [Number(done), Number(total)];
    if (moment?.afterChanges !== undefined && changes >= moment.afterChanges) killIn(moment.delayMs);
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    process_.on('error', reject);
    process_.on('close', (...how) => resolve(how));
  });
  clearTimeout(timer);
  const lifetimeMs = performance.now() - began;
  if (signal === 'SIGKILL') return { killed: true, changes, planned, lifetimeMs };
  if (code !== 0) throw new Error(`the run ended with ${code ?? signal}: ${complaint}`);
  return { killed: false, changes, planned, lifetimeMs, report: JSON.parse(last) as Report };
}
