import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { buildBundle, buildCli } from '../../build/bundles.ts';
import type { Usage } from './meter.ts';
import type { ScaleOptions } from './options.ts';

export type Action = 'sleep' | 'wake';

/** A process that ended well: what it used, from its spawn to its exit. */
export interface Spent extends Usage {
  readonly ms: number;
}

export const CONTESTANTS = ['ceiling', 'nightshift'] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

/** Runs one action in a process of its own. Rejects when it ends badly. */
export type Contestants = Readonly<Record<ContestantName, (action: Action) => Promise<Spent>>>;

/**
 * Builds both with the product's own build. Nightshift runs as the packaged CLI with its defaults: all kinds, a ledger in a directory, its report as JSON;
 * only the grace period is off, because the workloads are young.
 */
export async function buildContestants(
  folder: string,
  { kubeconfig, concurrency, profiles }: Pick<ScaleOptions, 'concurrency' | 'profiles'> & { readonly kubeconfig: string },
): Promise<Contestants> {
  const source = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const build = (name: string) =>
    buildBundle({ name, entry: source(name), folder: join(folder, name), file: `${name}.mjs` }).then(({ entry }) => entry);
  const { entry: nightshift } = await buildCli(join(folder, 'nightshift'));
  const [ceiling, meter] = [await build('ceiling'), await build('meter')];
  const state = join(folder, 'state');
  await mkdir(state);
  const flags = ['--kubeconfig', kubeconfig, '--state-dir', state, '--concurrency', String(concurrency), '--grace-period', '0'];
  const profiling = profiles === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profiles];
  return {
    ceiling: (action) => measure(meter, [ceiling, action, kubeconfig, String(concurrency)]),
    nightshift: (action) => measure(meter, [...profiling, nightshift, action, '--yes', '-o', 'json', '--quiet', ...flags]),
  };
}

async function measure(meter: string, args: readonly string[]): Promise<Spent> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', meter, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const exit = once(child, 'exit').then(([code]) => ({ code: code as number | null, ms: performance.now() - started }));
  const [out, complaint, used] = await Promise.all([textOf(child.stdout), textOf(child.stderr), textOf(child.stdio[3])]);
  const { code, ms } = await exit;
  if (code !== 0) throw new Error(`${args.join(' ')} exited with ${code}: ${complaint}${out.slice(0, 2_000)}`);
  return { ...(JSON.parse(used) as Usage), ms };
}

/** All pipes of a child can be read, although the type says of some that they might be missing or written to. */
async function textOf(pipe: Readable | Writable | null | undefined): Promise<string> {
  return pipe instanceof Readable ? text(pipe) : '';
}
