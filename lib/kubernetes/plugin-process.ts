import { spawn } from 'node:child_process';
import { groupLeader } from '../exec/process-group.ts';
import { stopSignal, TimeIsUp } from '../exec/stop-signal.ts';
import { supervise } from '../exec/supervise.ts';

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
 * What a plugin prints on standard output. As kubectl does it, the plugin gets the whole environment. It runs in a process group of its own, and none of it outlives
 * the wait for it: the group is ended at the limit, when the signal aborts, and when this process exits.
 * @throws the signal's reason; node's own error when it cannot be started; an Error with what it said on standard error, or why it was ended
 */
export async function runPlugin({ command, args, env, limitMs, signal }: PluginCall): Promise<string> {
  const stop = stopSignal({ timeoutMs: limitMs, signal });
  const child = spawn(command, args, { ...groupLeader, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child.stdout, stop.fail);
  const complaint = collect(child.stderr, stop.fail);
  // Who waits hears of the end at once; the group is seen to its end all the same.
  const ending = await Promise.race([
    supervise(child, { stop: stop.signal, graceMs: MERCY_MS }).finally(stop.release),
    rejectionOf(stop.signal, limitMs),
  ]);
  if (ending.kind === 'not-started') throw ending.error;
  if (ending.code === 0) return output();
  throw new Error(complaint() || (ending.signal === null ? `it exited with ${ending.code}` : `it was ended by ${ending.signal}`));
}

function rejectionOf(signal: AbortSignal, limitMs: number): Promise<never> {
  const reasonOf = (): unknown =>
    signal.reason instanceof TimeIsUp ? new Error(`it gave no answer within ${Math.ceil(limitMs / 1000)} s`) : signal.reason;
  return new Promise((_, reject) => {
    if (signal.aborted) reject(reasonOf());
    else signal.addEventListener('abort', () => reject(reasonOf()), { once: true });
  });
}

function collect(stream: NodeJS.ReadableStream, fail: (error: unknown) => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= OUTPUT_LIMIT) chunks.push(chunk);
    else fail(new Error(`it printed more than ${OUTPUT_LIMIT} bytes`));
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
