import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { isRunning } from '../../support/is-running.ts';

/** A folder that is gone when the test is over. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-exec-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An executable file with these lines of bash. @returns its path */
export async function script(name: string, body: string, folder?: string): Promise<string> {
  const file = join(folder ?? (await tempFolder()), name);
  await writeFile(file, `#!/bin/bash\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

/** The process id that a script has written, as soon as it has. Whoever it is, it does not outlive the test. */
export async function pidIn(file: string): Promise<number> {
  const pid = await vi.waitFor(async () => {
    const found = Number(await readFile(file, 'utf8'));
    if (!found) throw new Error('nothing is written yet');
    return found;
  });
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
  return pid;
}
