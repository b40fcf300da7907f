import { type ChildProcess, spawn } from 'node:child_process';
import { LONGEST_TIMER_MS } from '../platform/hard-stop.ts';

export interface PluginCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long it may take, in milliseconds. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** An ExecCredential with a certificate chain is some kilobytes. */
const OUTPUT_LIMIT = 1024 * 1024;
/** Between the request to end and the end. */
const MERCY_MS = 1_000;

/**
 * What a plugin prints on standard output. The plugin runs in a process group of its own, and none of it outlives the wait for it: the group is
 * ended at the limit, when the signal aborts, and when this process exits.
 * @throws the signal's reason; node's own error when it cannot be started; an Error with what it said on standard error, or why it was ended
 */
export function runPlugin({ command, args, env, limitMs, signal }: PluginCall): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const stop = (reason: unknown): void => {
      reject(reason);
      endFamily(child, 'SIGTERM');
      mercy = setTimeout(() => endFamily(child, 'SIGKILL'), MERCY_MS).unref();
    };
    const tooMuch = (): void => stop(new Error(`it printed more than ${OUTPUT_LIMIT} bytes`));
    const output = collect(child.stdout, tooMuch);
    const complaint = collect(child.stderr, tooMuch);
    const onAbort = (): void => stop(signal.reason);
    const onExit = (): void => endFamily(child, 'SIGKILL');
    const limit = setTimeout(
      () => stop(new Error(`it gave no answer within ${Math.ceil(limitMs / 1000)} s`)),
      Math.min(limitMs, LONGEST_TIMER_MS),
    );
    let mercy: NodeJS.Timeout | undefined;
    const settle = (): void => {
      clearTimeout(limit);
      clearTimeout(mercy);
      signal.removeEventListener('abort', onAbort);
      process.removeListener('exit', onExit);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    process.once('exit', onExit);
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, ended) => {
      settle();
      if (code === 0) resolve(output());
      else reject(new Error(complaint() || (ended === null ? `it exited with ${code}` : `it was ended by ${ended}`)));
    });
    if (signal.aborted) onAbort();
  });
}

function collect(stream: NodeJS.ReadableStream, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= OUTPUT_LIMIT) chunks.push(chunk);
    else tooMuch();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Plugins are often scripts: what hangs is their child. Windows has no groups to signal. */
function endFamily(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}
