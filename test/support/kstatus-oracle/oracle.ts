import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What kstatus makes of one object, and when it was asked, in epoch milliseconds. */
export interface OracleAnswer {
  readonly now: number;
  readonly kstatus: { readonly status?: string; readonly reason?: string; readonly message?: string; readonly error?: string };
}

/**
 * True when there is Go to build kstatus with. On a laptop without it the suite is passed over, and says so; in CI that would be a suite that
 * silently never runs: there it throws.
 */
export function hasGo(env: NodeJS.ProcessEnv = process.env): boolean {
  if (spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0) return true;
  const message = 'there is no Go: kstatus itself cannot be asked';
  if (env.CI === 'true') throw new Error(`${message}; CI must provide go 1.26 or later`);
  process.stderr.write(`\nSKIPPED: ${message}.\n\n`);
  return false;
}

/** Builds kstatus, of the version in go.mod, into a folder. The modules come from where Go is told to find them. @returns the program's path */
export async function buildOracle(folder: string): Promise<string> {
  const program = join(folder, 'kstatus');
  await run('go', ['build', '-mod=readonly', '-trimpath', '-o', program, '.'], { cwd: import.meta.dirname });
  return program;
}

/** Asks about all objects in one process. */
export async function askOracle(program: string, objects: readonly unknown[]): Promise<readonly OracleAnswer[]> {
  const output = await run(program, [], { input: `${objects.map((object) => JSON.stringify(object)).join('\n')}\n` });
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OracleAnswer);
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
}

async function run(program: string, args: readonly string[], { cwd, input = '' }: RunOptions): Promise<string> {
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  const output: string[] = [];
  const complaints: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  child.stdin.end(input);
  const code = await new Promise<number | null>((ended, failed) => child.on('error', failed).on('close', ended));
  if (code !== 0) throw new Error(`${program} failed with ${code}: ${complaints.join('')}`);
  return output.join('');
}
