import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished, vi } from 'vitest';
import { type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import type { Place } from './sign-in-world.ts';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A home of its own, and processes that know nothing but what they are given; `$HOME` in a variable is its path. */
export class Home {
  readonly #place: Place;
  readonly path: string;

  private constructor(path: string, place: Place) {
    this.path = path;
    this.#place = place;
  }

  static async with(place: Place): Promise<Home> {
    const path = await mkdtemp(join(tmpdir(), 'home-'));
    onTestFinished(() => rm(path, { recursive: true }));
    for (const [name, content] of Object.entries(place.files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), content, { mode: 0o600 });
    }
    return new Home(path, place);
  }

  async run(program: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
    const all = { PATH: process.env.PATH ?? '', ...this.#environment(env) };
    const child = spawn(process.execPath, [program, ...argv], { cwd: this.path, env: all });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { exitCode: exitCode as number, stdout, stderr };
  }

  /** The same in this process, whose own environment is put aside for as long as the test runs. */
  async runHere(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
    const all = this.enter(env);
    return runCli(argv, { env: all, now: new Date().toISOString() });
  }

  /** Makes this process one that was started here. */
  enter(env: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) vi.stubEnv(name, undefined);
    const all = this.#environment(env);
    // A flag may set it, and it must be gone afterwards.
    vi.stubEnv('AWS_PROFILE', undefined);
    for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    return all;
  }

  write(name: string, content: string): Promise<void> {
    return writeFile(join(this.path, name), content, { mode: 0o600 });
  }

  #environment(env: Readonly<Record<string, string>>): Record<string, string> {
    const all = Object.entries({ HOME: this.path, ...this.#place.env, ...env });
    return Object.fromEntries(all.map(([name, value]) => [name, value.replace('$HOME', this.path)]));
  }

  /** Every file in it: contents, mode and the time of the last write. */
  async files(): Promise<Readonly<Record<string, string>>> {
    const entries = await readdir(this.path, { recursive: true, withFileTypes: true });
    const all = entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const { mode, mtimeMs } = await stat(path);
      return [relative(this.path, path), `${mode} ${mtimeMs} ${entry.isFile() ? await readFile(path, 'latin1') : ''}`] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  }
}
