import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, buildCli } from '../../build/bundles.ts';
import type { SuiteResult } from '../../lib/smoke/suite-result.ts';
import type { Load } from './load.ts';
import { measure } from './measure.ts';

export interface Sample {
  /** From the spawn of the process to its exit. */
  readonly wallMs: number;
  /** What the contestant itself says that its requests took; of one that says nothing, the wall. */
  readonly requestsMs: number;
  readonly peakRssMb: number;
}

export interface Contestant {
  readonly name: string;
  run(load: Load, jobs: number): Promise<Sample>;
}

export interface Around {
  readonly folder: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** A program, when there is one. */
  readonly hurl: string | undefined;
}

/** The packaged CLI, or its engine where a suite would be too large; hurl when it is there; and a bare client. */
export async function contestantsOf({ folder, origin, hurl }: Around): Promise<readonly Contestant[]> {
  const [cli, engine, bare] = [
    await buildCli(join(folder, 'cli')),
    await bundled('suite-client', folder),
    await bundled('raw-client', folder),
  ];
  const ours = nightshift({ cli: cli.entry, engine: script(engine, { name: 'nightshift', origin }) }, { folder, origin });
  return [
    ours,
    ...(hurl === undefined ? [] : [hurlContestant(hurl, { folder, origin })]),
    script(bare, { name: 'bare node:http', origin }),
  ];
}

async function bundled(name: string, folder: string): Promise<string> {
  const entry = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  return (await buildBundle({ name, entry, folder: join(folder, name), file: `${name}.mjs` })).entry;
}

/** A suite may have as many. */
const MOST_CHECKS = 500;

function nightshift(programs: { readonly cli: string; readonly engine: Contestant }, around: Omit<Around, 'hurl'>): Contestant {
  return {
    name: 'nightshift',
    run: (load, jobs) => (load.checks > MOST_CHECKS ? programs.engine.run(load, jobs) : runCli(programs.cli, { load, jobs, ...around })),
  };
}

interface CliRun extends Omit<Around, 'hurl'> {
  readonly load: Load;
  readonly jobs: number;
}

async function runCli(cli: string, { load, jobs, folder, origin }: CliRun): Promise<Sample> {
  const file = join(folder, `suite-${load.checks}.json`);
  await writeFile(file, JSON.stringify(suiteOf(load, origin)));
  const flags = ['--allow', '127.0.0.1', '--jobs', String(jobs), '--quiet', '-o', 'json'];
  const { ms, peakRssMb, stdout } = await measure(process.execPath, [cli, 'smoke', 'run', file, ...flags]);
  const { status, durationMs } = JSON.parse(stdout) as SuiteResult;
  if (status !== 'passed') throw new Error(`the suite is ${status}: its figures say nothing`);
  return { wallMs: ms, requestsMs: durationMs, peakRssMb };
}

function suiteOf({ path, checks }: Load, origin: string): unknown {
  const check = (_: unknown, number: number): unknown => ({
    name: `check ${number}`,
    http: { url: `${origin}${path}?n=${number}` },
    assert: [{ status: 200 }, { jsonPath: '$.ok', equals: true }],
  });
  return { version: 1, name: 'bench', checks: Array.from({ length: checks }, check) };
}

/** One file for each job: hurl runs files at the same time, and what is in a file one after the other. */
function hurlContestant(program: string, { folder, origin }: Omit<Around, 'hurl'>): Contestant {
  return {
    name: 'hurl',
    async run(load, jobs) {
      const files = Array.from({ length: jobs }, (_, index) => join(folder, `${load.checks}-${jobs}-${index}.hurl`));
      const entry = (number: number): string => `GET ${origin}${load.path}?n=${number}\nHTTP 200\n[Asserts]\njsonpath "$.ok" == true\n`;
      for (const [index, file] of files.entries()) {
        const numbers = Array.from({ length: load.checks }, (_, number) => number).filter((number) => number % jobs === index);
        await writeFile(file, numbers.map(entry).join('\n'));
      }
      const { ms, peakRssMb } = await measure(program, ['--test', '--no-output', '--parallel', '--jobs', String(jobs), ...files]);
      return { wallMs: ms, requestsMs: ms, peakRssMb };
    },
  };
}

/** A program that prints how long its requests took. */
function script(program: string, { name, origin }: { readonly name: string; readonly origin: string }): Contestant {
  return {
    name,
    async run({ path, checks }, jobs) {
      const { ms, peakRssMb, stdout } = await measure(process.execPath, [program, origin, path, String(checks), String(jobs)]);
      return { wallMs: ms, requestsMs: (JSON.parse(stdout) as { readonly ms: number }).ms, peakRssMb };
    },
  };
}
