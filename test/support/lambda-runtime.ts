import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname } from 'node:path';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** A running function: AWS's runtime client around the bundle, our Runtime API behind it. */
export interface LambdaRuntime extends Pick<RuntimeApi, 'invoke' | 'initError'> {
  readonly pid: number | undefined;
  /** Resolves when the process first asks for an event: with the milliseconds since it was spawned. Rejects when it ends before. */
  readonly firstPollMs: Promise<number>;
  /** All that the function wrote to stdout and stderr so far. */
  output(): string;
  stop(): Promise<void>;
}

export interface LambdaRuntimeOptions {
  /** Entry of the runtime client, see `installRuntimeClient`. */
  readonly client: string;
  /** The built file that exports `handler`. */
  readonly entry: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Beside those that Lambda sets. */
  readonly nodeFlags?: readonly string[];
}

/** Lambda switches both off on every Node runtime; an ES module that leans on them works everywhere but there. */
const lambdaNodeFlags = ['--no-experimental-require-module', '--no-experimental-detect-module'];

/** Starts the function in a process that has nothing of our environment except what Lambda and `env` would give it. */
export async function startLambdaRuntime({ client, entry, env = {}, nodeFlags = [] }: LambdaRuntimeOptions): Promise<LambdaRuntime> {
  const api = await startRuntimeApi();
  const taskRoot = dirname(entry);
  const spawned = performance.now();
  const child = spawn(process.execPath, [...lambdaNodeFlags, ...nodeFlags, client], {
    cwd: taskRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      TZ: ':UTC',
      AWS_LAMBDA_RUNTIME_API: api.address,
      LAMBDA_TASK_ROOT: taskRoot,
      _HANDLER: `${basename(entry).replace(/\.[^.]+$/, '')}.handler`,
      AWS_LAMBDA_FUNCTION_NAME: 'local',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/local',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      ...env,
    },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit');
  const gone = exited.then(([code]) => {
    throw new Error(`the function did not answer: its process exited with ${code}\n${output}`);
  });
  const firstPollMs = Promise.race([api.firstPoll.then((polled) => polled - spawned), gone]);
  // Whoever waits hears of it; nobody has to wait.
  firstPollMs.catch(() => {});
  return {
    pid: child.pid,
    firstPollMs,
    invoke: (event, options) => Promise.race([api.invoke(event, options), gone]),
    initError: api.initError,
    output: () => output,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      await api.close();
    },
  };
}
