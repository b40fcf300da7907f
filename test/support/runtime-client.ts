import { execFile } from 'node:child_process';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const runtimeClientVersion = '4.0.2';

/** What the runtime interface client's install scripts compile with. */
const buildPrograms = ['autoreconf', 'automake', 'libtoolize', 'cmake', 'make', 'g++', 'python3', 'npm'] as const;

const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'nightshift', `aws-lambda-ric-${runtimeClientVersion}`);
const entry = join(folder, 'node_modules', 'aws-lambda-ric', 'index.mjs');
const complete = join(folder, '.complete');

/**
 * True when the suite under the runtime client can run: it is installed, or can be. On a laptop without a compiler the suite is passed
 * over, and says so; in CI that would be a suite that silently never runs: there it throws.
 */
export async function hasRuntimeClient(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (await exists(complete)) return true;
  const found = await Promise.all(buildPrograms.map(onPath));
  const missing = buildPrograms.filter((_, index) => !found[index]);
  if (missing.length === 0) return true;
  const message = `${missing.join(', ')} not found: the suite under AWS's runtime client cannot run`;
  if (env.CI === 'true') throw new Error(message);
  process.stderr.write(`\nSKIPPED: ${message}. The client compiles native code once; install the programs above.\n\n`);
  return false;
}

/**
 * Installs AWS's own Node.js runtime client, once per machine, and returns the path of its entry.
 * It compiles native code for about a minute, so it lives in a cache folder and not among the project's dependencies.
 */
export async function installRuntimeClient(): Promise<string> {
  if (await exists(complete)) return entry;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = { private: true, allowScripts: { 'aws-lambda-ric': true } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  // Compiled for the Node that runs the tests, which is the one that will load it.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}` };
  await run('npm', ['install', '--no-audit', '--no-fund', `aws-lambda-ric@${runtimeClientVersion}`], { cwd: folder, env });
  await writeFile(complete, '');
  return entry;
}

async function onPath(program: string): Promise<boolean> {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = await Promise.all(folders.map((each) => exists(join(each, program))));
  return found.includes(true);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
