import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LambdaRuntime, startLambdaRuntime } from '../../test/support/lambda-runtime.ts';
import { fileRecorder } from '../../test/support/opened-files.ts';
import type { Contestant } from './contestants.ts';

/** One cold start and its first invocation. */
export interface Sample {
  /**
   * Spawn to `GET …/invocation/next`, in milliseconds, less the time in which its main thread could have run and other programs had the
   * processors: of a machine with something else to do, half the time would be theirs.
   */
  readonly firstPollMs: number;
  /** CPU that the process had used by then; NaN where there is no /proc. */
  readonly firstPollCpuMs: number;
  /** From the first event to its answer. */
  readonly firstAnswerMs: number;
  /** Peak of the resident memory, first answer included; NaN where there is no /proc. */
  readonly peakRssMB: number;
}

/** What every start has in common. */
export interface Surroundings {
  /** Entry of AWS's runtime client. */
  readonly client: string;
}

/** @throws Error when the function can't start, or answers its first event with an error: its times would mean nothing. */
export async function sample({ entry, event, name, env }: Contestant, { client }: Surroundings): Promise<Sample> {
  const lambda = await startLambdaRuntime({ client, entry, env });
  try {
    const wallMs = await lambda.firstPollMs;
    const { cpuMs, waitedMs } = await schedule(lambda);
    const asked = performance.now();
    const answer = await lambda.invoke(event);
    const firstAnswerMs = performance.now() - asked;
    if (answer.kind === 'error') throw new Error(`${name} did not answer: ${answer.error.errorMessage}\n${lambda.output()}`);
    return { firstPollMs: wallMs - waitedMs, firstPollCpuMs: cpuMs, firstAnswerMs, peakRssMB: await peakRssMB(lambda) };
  } finally {
    await lambda.stop();
  }
}

/** What a cold start reads of the function's own folder. */
export interface Opened {
  readonly files: number;
  readonly bytes: number;
}

/** A start of its own, because telling which files are opened takes time. */
export async function openedAtInit({ entry, folder, env }: Contestant, { client }: Surroundings): Promise<Opened> {
  const recorder = fileRecorder(`${folder}.opened`);
  const lambda = await startLambdaRuntime({ client, entry, env: { ...env, ...recorder.env }, nodeFlags: recorder.nodeFlags });
  try {
    await lambda.firstPollMs;
    const files = await recorder.openedIn(join(folder, '/'));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    await lambda.stop();
  }
}

/** CPU of all threads, and how long the main one was ready and did not run: the scheduler's own account. Zero and NaN where there is none. */
async function schedule({ pid }: LambdaRuntime): Promise<{ readonly cpuMs: number; readonly waitedMs: number }> {
  const threads = await readdir(`/proc/${pid}/task`).catch((): string[] => []);
  const accounts = await Promise.all(threads.map((thread) => readProc(`${pid}/task/${thread}/schedstat`)));
  const milliseconds = accounts.map((text) => text.split(' ').map((nanoseconds) => Number(nanoseconds) / 1e6));
  const [, waitedMs = 0] = milliseconds[threads.indexOf(String(pid))] ?? [];
  return { cpuMs: milliseconds.length === 0 ? Number.NaN : milliseconds.reduce((sum, [cpu = 0]) => sum + cpu, 0), waitedMs };
}

async function peakRssMB({ pid }: LambdaRuntime): Promise<number> {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readProc(`${pid}/status`)) ?? [];
  return Number(kilobytes ?? Number.NaN) / 1024;
}

/** Nothing where the system has no such file, or the thread has ended. */
function readProc(path: string): Promise<string> {
  return readFile(`/proc/${path}`, 'utf8').catch(() => '');
}
