import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** A process from its spawn to its exit. */
export interface Spent {
  readonly ms: number;
  readonly peakRssMb: number;
  readonly stdout: string;
}

/** The highest that memory ever was (proc(5), VmHWM) is read this often, and misses what grew since. */
const LOOK_MS = 5;

/** Runs a program to its end. Memory is known on Linux alone. @throws Error when it ends badly */
export async function measure(program: string, args: readonly string[]): Promise<Spent> {
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let peakRssMb = Number.NaN;
  const look = setInterval(() => {
    peakRssMb = peakOf(child.pid) ?? peakRssMb;
  }, LOOK_MS);
  const exit = once(child, 'exit').then(([code]) => ({ code: code as number | null, ms: performance.now() - begun }));
  const [stdout, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const { code, ms } = await exit;
  clearInterval(look);
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} exited with ${code}: ${complaint.slice(0, 1_000)}${stdout.slice(0, 1_000)}`);
  return { ms, peakRssMb, stdout };
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1_000;
  } catch {
    return undefined;
  }
}
