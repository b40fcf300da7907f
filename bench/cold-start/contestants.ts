import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildFunction, functionNames } from '../../build/bundles.ts';
import type { FunctionName, SandboxWorld } from '../../sandbox/world.ts';

const root = resolve(import.meta.dirname, '../..');
const banner = { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" };

export const BARE = 'a bare handler';

/** Something to start: a file that exports `handler`, alone in its folder with all that it loads. */
export interface Contestant {
  readonly name: string;
  readonly entry: string;
  readonly folder: string;
  readonly event: unknown;
  /** The function's variables, which lead to the sandbox. */
  readonly env: Readonly<Record<string, string>>;
}

/** One of our functions, and the obvious bundle of it. */
export interface Pair {
  readonly ours: Contestant;
  readonly obvious: Contestant;
}

export interface Contestants {
  readonly bare: Contestant;
  readonly pairs: readonly Pair[];
}

/** First events that do what the function is for and change nothing; any other function gets its default event, dry. */
const events: Readonly<Record<string, unknown>> = {
  'post-deploy-smoke': { suite: 'storefront', version: '4.18.2', dryRun: true },
  'scale-dev-nightly': { action: 'plan' },
};

/** Builds everything below `folder`. */
export async function contestants(folder: string, world: Pick<SandboxWorld, 'functionEnvironment'>): Promise<Contestants> {
  const bare = join(folder, 'bare');
  const entryPoints = [join(import.meta.dirname, 'bare-handler.ts')];
  await build({ entryPoints, outfile: join(bare, 'index.mjs'), bundle: true, minify: true, platform: 'node', format: 'esm' });
  const pairs: Pair[] = [];
  for (const name of await functionNames()) pairs.push(await pair(name, folder, world.functionEnvironment(functionNamed(name))));
  return { bare: { name: BARE, folder: bare, entry: join(bare, 'index.mjs'), event: {}, env: world.functionEnvironment() }, pairs };
}

/** A function that the sandbox does not know yet gets the first one's environment. */
function functionNamed(name: string): FunctionName {
  return name === 'post-deploy-smoke' ? name : 'scale-dev-nightly';
}

async function pair(name: string, folder: string, env: Contestant['env']): Promise<Pair> {
  const event = events[name] ?? { dryRun: true };
  const { entry, folder: own } = await buildFunction(name, join(folder, name));
  const obvious = join(folder, `${name}-obvious`);
  await mkdir(obvious);
  await build(obviousOptions(name, join(obvious, 'index.mjs')));
  return {
    ours: { name, entry, folder: own, event, env },
    obvious: { name: `${name}, the obvious bundle`, entry: join(obvious, 'index.mjs'), folder: obvious, event, env },
  };
}

/**
 * What CDK's NodejsFunction tells esbuild for an ES module with the SDK inside (`format: ESM`, `bundleAwsSDK: true`, all else by default), and the
 * `require` that its users then find out to need. The handler is ours; every library is imported at the start as its documentation says.
 */
function obviousOptions(name: string, outfile: string): BuildOptions {
  const contents = [
    `export { libraries } from './bench/cold-start/obvious-libraries.ts';`,
    `export { handler } from './functions/${name}/handler.ts';`,
  ].join('\n');
  const stdin = { contents, resolveDir: root, loader: 'ts' } as const;
  return {
    stdin,
    outfile,
    banner,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
  };
}
