import { Readable } from 'node:stream';
import { main } from '../../../bin/main.ts';
import { systemClock } from '../../../lib/platform/clock.ts';

export interface SmokeCommand {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `nightshift smoke ...` in this process, on the clock of the wall: it speaks to real sockets. */
export async function runSmoke(
  words: readonly string[],
  {
    env = {},
    stdin = '',
    signal = new AbortController().signal,
  }: { readonly env?: Readonly<Record<string, string>>; readonly stdin?: string; readonly signal?: AbortSignal } = {},
): Promise<SmokeCommand> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(['smoke', ...words], {
    stdin: Readable.from([stdin]),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    env,
    clock: systemClock,
    signal,
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}
