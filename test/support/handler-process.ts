import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileRecorder } from './opened-files.ts';

const run = promisify(execFile);

/** One invocation of a packaged function in a process of its own. */
export interface HandlerRun {
  /** The lines that the function logged. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** Absolute paths of the code and the source maps that it opened, of its own folder. */
  readonly opened: readonly string[];
  /** Stack of the error that the handler threw, if it threw. */
  readonly thrown: string | undefined;
}

export interface HandlerRunOptions {
  /** Absolute path of the built file that exports `handler`. */
  readonly entry: string;
  /** Absolute path of the function's folder. */
  readonly folder: string;
  /** Absolute path of a file that does not exist yet, for the record of what is opened. */
  readonly record: string;
  readonly env: Readonly<Record<string, string>>;
  readonly event: unknown;
}

/** What Lambda does to a function, without its runtime client: imports it and calls its handler with an event and a context. */
const script = `
const { handler } = await import(process.argv[1]);
const context = { awsRequestId: 'local', getRemainingTimeInMillis: () => 60_000 };
await handler(JSON.parse(process.argv[2]), context).catch((error) => process.stderr.write(error.stack));
`;

export async function runHandler({ entry, folder, record, env, event }: HandlerRunOptions): Promise<HandlerRun> {
  const recorder = fileRecorder(record);
  const args = [...recorder.nodeFlags, '--input-type=module', '-e', script, entry, JSON.stringify(event)];
  const { stdout, stderr } = await run(process.execPath, args, { env: { PATH: process.env.PATH, ...env, ...recorder.env } });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return {
    logged: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    opened: await recorder.openedIn(folder),
    thrown: stderr || undefined,
  };
}
