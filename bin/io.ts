import type { Readable } from 'node:stream';
import { type Clock, systemClock } from '../lib/platform/clock.ts';

/** What the CLI needs of standard output and error: a `tty.WriteStream`, a pipe or a test's buffer. */
export interface OutputStream {
  readonly isTTY?: boolean;
  /** Width of the terminal in characters. */
  readonly columns?: number;
  write(text: string): unknown;
}

export type InputStream = Readable & { readonly isTTY?: boolean };

/** The process around one command, as arguments: a test replaces any of it and spawns nothing. */
export interface Io {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts at Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

export function processIo(signal: AbortSignal): Io {
  return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env, clock: systemClock, signal };
}
