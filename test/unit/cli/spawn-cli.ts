import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../../..');

export interface Spawned {
  readonly process: ChildProcessWithoutNullStreams;
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
  readonly exitCode: Promise<number | null>;
}

/** The real CLI, in a process of its own that ends with the test at the latest. */
export function spawnCli(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Spawned {
  const child = spawn(process.execPath, [join(root, 'bin/nightshift.ts'), ...argv], { cwd: root, env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  // A test that closes the pipe early does not read it either.
  stdout.catch(() => {});
  return {
    process: child,
    stdout,
    stderr,
    exitCode: once(child, 'close').then(([code]) => code as number | null),
  };
}
