import { Readable } from 'node:stream';
import type { Io } from '../../../bin/io.ts';
import { main } from '../../../bin/main.ts';

export interface CliOptions {
  readonly stdin?: string;
  /** What a person would type; makes standard input and error a terminal. */
  readonly typed?: string | AsyncIterable<string>;
  readonly env?: Readonly<Record<string, string>>;
  /** ISO 8601; the time stands still, and waits are over at once. */
  readonly now?: string;
  /** Instead of one that stands still: for what waits for others. */
  readonly clock?: Io['clock'];
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one document on standard output; throws when it is not exactly one. */
  json(): unknown;
}

/** The CLI in this process, with a world of its own. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = options.typed !== undefined;
  const now = Date.parse(options.now ?? '2026-03-30T12:00:00Z');
  const io: Io = {
    stdin: Object.assign(Readable.from(typeof options.typed === 'object' ? options.typed : [options.typed ?? options.stdin ?? '']), {
      isTTY: terminal,
    }),
    stdout: stream(out, options.columns),
    stderr: { ...stream(err, options.columns), isTTY: terminal },
    env: options.env ?? {},
    clock: options.clock ?? { now: () => now, sleep: async () => {} },
    signal: options.signal ?? new AbortController().signal,
  };
  const exitCode = await main(argv, io);
  const stdout = out.join('');
  return { exitCode, stdout, stderr: err.join(''), json: () => JSON.parse(stdout) };
}

function stream(chunks: string[], columns: number | undefined): Io['stdout'] {
  return { ...(columns !== undefined && { columns, isTTY: true }), write: (text) => chunks.push(text) };
}
