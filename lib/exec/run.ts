import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Secret } from '../platform/secret.ts';
import { ByteWindow } from './byte-window.ts';
import { Captured } from './captured.ts';
import { commandOf, type PreparedCommand } from './command.ts';
import type { EnvironmentOptions } from './environment.ts';
import { exitError, startError, timeoutError } from './explain.ts';
import { feed } from './feed.ts';
import { LineSplitter } from './line-splitter.ts';
import { groupLeader } from './process-group.ts';
import { type StopSignal, stopSignal, TimeIsUp } from './stop-signal.ts';
import { type Ending, supervise } from './supervise.ts';

export type OutputName = 'stdout' | 'stderr';

export interface RunOptions {
  /** @default that of this process */
  readonly cwd?: string;
  readonly env?: EnvironmentOptions;
  /** Nothing unless told. A program that does not read it to its end is not at fault. */
  readonly stdin?: string | Uint8Array | Readable;
  /** Milliseconds; no limit unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** What a program gets between the request to end and its end, in milliseconds. @default 5,000 */
  readonly graceMs?: number;
  /** How much of each output is kept. @default 512 KiB of its beginning and as much of its end */
  readonly capture?: { readonly headBytes: number; readonly tailBytes: number };
  /** Hears every line as it comes, without secrets. When it throws, the program is ended and the error thrown. */
  readonly onLine?: (line: string, output: OutputName) => void;
  /** Exit codes that are answers, not errors; or who knows by more than the code. @default 0 */
  readonly expected?: readonly number[] | ((end: Omit<Outcome, 'durationMs' | 'command'>) => boolean);
  /** What must not show, beside Secrets among the arguments and in the environment, and what looks like a credential. */
  readonly secrets?: readonly (string | Secret)[];
}

export interface Outcome {
  /** One of the expected. */
  readonly exitCode: number;
  readonly stdout: Captured;
  readonly stderr: Captured;
  readonly durationMs: number;
  /** What was run, without secrets. */
  readonly command: string;
}

export const DEFAULT_GRACE_MS = 5_000;
const DEFAULT_CAPTURE = { headBytes: 512 * 1024, tailBytes: 512 * 1024 };

/**
 * Runs a program to its end, without a shell. It leads a process group of its own: at the timeout and when the signal aborts the whole group is ended, and what is
 * left of the group when the program has ended is ended too, so that nothing outlives the call but daemons that have left the group (`setsid`).
 *
 * ```ts
 * const { stdout } = await run('git', ['rev-parse', 'HEAD'], { cwd: folder, timeoutMs: 10_000 });
 * ```
 * @throws ExecError for a program that is not there, times out, is killed or ends with a code that is not expected; the signal's reason; BadInputError for
 *   arguments that no program can be given
 */
export async function run(program: string, args: readonly (string | Secret)[], options: RunOptions = {}): Promise<Outcome> {
  options.signal?.throwIfAborted();
  const command = commandOf(program, args, options);
  const started = performance.now();
  const stop = stopSignal(options);
  const { ending, stdout, stderr } = await follow(command, options, stop).finally(stop.release);
  const failure = stop.failure();
  if (failure) throw failure.error;
  if (ending.kind === 'not-started') throw startError(command, ending.error);
  if (ending.stopped) throw stopped(command, stop.signal.reason, stderr);
  const { code, signal } = ending;
  if (code === null || !isExpected({ exitCode: code, stdout, stderr }, options)) throw exitError(command, { code, signal }, stderr);
  return { exitCode: code, stdout, stderr, durationMs: Math.round(performance.now() - started), command: command.shown.text };
}

function isExpected(end: Omit<Outcome, 'durationMs' | 'command'>, { expected = [0] }: RunOptions): boolean {
  return typeof expected === 'function' ? expected(end) : expected.includes(end.exitCode);
}

interface Followed {
  readonly ending: Ending;
  readonly stdout: Captured;
  readonly stderr: Captured;
}

async function follow(command: PreparedCommand, options: RunOptions, stop: StopSignal): Promise<Followed> {
  const child = start(command, options);
  const stdout = collect(child, 'stdout', { command, options, fail: stop.fail });
  const stderr = collect(child, 'stderr', { command, options, fail: stop.fail });
  if (options.stdin !== undefined && child.stdin) feed(child.stdin, options.stdin, stop.fail);
  const ending = await supervise(child, { stop: stop.signal, graceMs: options.graceMs ?? DEFAULT_GRACE_MS });
  for (const { finish } of [stdout, stderr]) finish();
  return { ending, stdout: stdout.captured, stderr: stderr.captured };
}

function stopped(command: PreparedCommand, reason: unknown, stderr: Captured): unknown {
  return reason instanceof TimeIsUp ? timeoutError(command, reason.timeoutMs, stderr) : reason;
}

/** @throws ExecError for what the system refuses at once, as too long arguments */
function start(command: PreparedCommand, { cwd, stdin }: RunOptions): ChildProcess {
  try {
    return spawn(command.program, command.args, {
      ...groupLeader,
      ...(cwd !== undefined && { cwd }),
      env: command.env,
      shell: false,
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw startError(command, error instanceof Error ? error : new Error(String(error)));
  }
}

interface Collection {
  readonly command: PreparedCommand;
  readonly options: RunOptions;
  readonly fail: (error: unknown) => void;
}

interface Collected {
  readonly captured: Captured;
  /** Tells the last line, which has no end. */
  readonly finish: () => void;
}

function collect(child: ChildProcess, name: OutputName, { command, options, fail }: Collection): Collected {
  const window = new ByteWindow(options.capture ?? DEFAULT_CAPTURE);
  const { onLine } = options;
  const lines = onLine && new LineSplitter(command.redactor.lines(), (line) => onLine(line, name), command.redactor.longest);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  child[name]?.on('data', (chunk: Buffer) => {
    window.write(chunk);
    attempt(() => lines?.write(chunk));
  });
  return { captured: new Captured(window), finish: () => attempt(() => lines?.end()) };
}
