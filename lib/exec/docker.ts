import { randomUUID } from 'node:crypto';
import { NETWORK } from './environment.ts';
import { ExecError } from './exec-error.ts';
import type { Outcome, RunOptions } from './run.ts';
import { type ToolArgs, type ToolOptions, tool } from './tool.ts';

/** docker; inherits which daemon it speaks to, and proxies. */
export const docker = tool('docker', ['DOCKER_*', 'BUILDKIT_*', 'COMPOSE_*', 'SSH_AUTH_SOCK', ...NETWORK]);

/** docker's own failures; every other code is that of the program in the container. */
const OWN_FAILURES: readonly number[] = [125, 126, 127];
const ANY_OTHER = Array.from({ length: 256 }, (_, code) => code).filter((code) => !OWN_FAILURES.includes(code));
const REMOVAL_MS = 30_000;

export interface DockerRunOptions extends ToolOptions, Pick<RunOptions, 'expected'> {
  /** @default nightshift- and a random id */
  readonly containerName?: string;
}

/**
 * `docker run --rm`: the outcome has the exit code of the program in the container, whatever it is, unless `expected` says otherwise. The container is no process of
 * ours: ending docker at the timeout would leave it running, so it is removed by its name.
 * @param args flags, image and command, without `--name`, as in `['--network', 'none', 'alpine:3', 'true']`
 * @throws ExecError with exit code 125 (not started), 126 (not executable) or 127 (not found), for a timeout, or for a code that is not expected
 */
export async function dockerRun(args: ToolArgs, options: DockerRunOptions = {}): Promise<Outcome> {
  const { containerName = `nightshift-${randomUUID()}`, expected = ANY_OTHER, ...rest } = options;
  try {
    return await docker(['run', '--rm', '--name', containerName, ...args], { ...rest, expected });
  } catch (error) {
    const ended = !(error instanceof ExecError) || error.failure.kind === 'timeout' || error.failure.kind === 'signal';
    if (ended) await remove(containerName, rest);
    throw error;
  }
}

/** Whether there is such a container is not known: it may not have been started yet, or be gone. What was thrown before counts. */
async function remove(container: string, { program, env, cwd }: ToolOptions): Promise<void> {
  const same = { ...(program !== undefined && { program }), ...(env && { env }), ...(cwd !== undefined && { cwd }) };
  await docker(['rm', '--force', '--volumes', container], { ...same, timeoutMs: REMOVAL_MS }).catch(() => {});
}
