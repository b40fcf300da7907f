import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** What the Lambda runtime does, as far as one invocation needs it: load the bundle, call its handler, hand its answer over. */
const host = `
const { handler } = await import(process.argv[1]);
const deadline = Date.now() + 60_000;
const context = { awsRequestId: 'sandbox', getRemainingTimeInMillis: () => deadline - Date.now() };
try {
  process.send({ answer: await handler(JSON.parse(process.argv[2]), context) });
} catch (error) {
  process.send({ error: String(error?.message ?? error) });
}
process.disconnect();
`;

export interface Invocation {
  /** Absolute path of the bundle's entry. */
  readonly bundle: string;
  readonly event: unknown;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the packaged function in a process of its own, with nothing but its environment. @returns what it answers @throws Error with what the function threw */
export async function invokePackaged({ bundle, event, env }: Invocation): Promise<unknown> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', host, pathToFileURL(bundle).href, JSON.stringify(event)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (stderr.length < 10_000) stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message: { readonly answer?: unknown; readonly error?: string }) => {
      if (message.error === undefined) resolve(message.answer);
      else reject(new Error(message.error));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the function's process ended with code ${code} and no answer: ${stderr.trim()}`)));
  });
}
