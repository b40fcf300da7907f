import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBundle, buildCli, buildFunction, functionNames } from '../../../build/bundles.ts';
import manifest from '../../../package.json' with { type: 'json' };

/** Minified bytes that a cold start may read; a change that needs more has to say so here. */
const initBudgetKB: Readonly<Record<string, number>> = { 'scale-dev-nightly': 300 };

/** What most runs never use: it may be in the bundle, in chunks of its own. */
const onDemandOnly = ['axios', '@kubernetes/client-node', '@aws-sdk/client-ssm', '@aws-sdk/client-sts', 'yaml', 'js-yaml', 'commander'];

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bundles-'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
});

afterAll(() => rm(root, { recursive: true }));

function packagesAtInit({ composition }: BuiltBundle): readonly string[] {
  return composition.packages.filter(({ init }) => init > 0).map((row) => row.package);
}

describe.each(await functionNames())('the bundle of %s', (name) => {
  let bundle: BuiltBundle;

  beforeAll(async () => {
    bundle = await buildFunction(name, join(root, name));
  });

  it('exports a handler, far away from our node_modules', async () => {
    const module: unknown = await import(bundle.entry);

    expect(module).toHaveProperty('handler', expect.any(Function));
  });

  it('reads at a cold start only what every run uses, within its budget', () => {
    expect(packagesAtInit(bundle).filter((each) => onDemandOnly.includes(each))).toEqual([]);
    expect(bundle.composition.initBytes / 1000).toBeLessThan(initBudgetKB[name] ?? 500);
  });

  it('drops the descriptions of operations that nobody calls', async () => {
    const code = await Promise.all(
      (await readdir(bundle.folder, { recursive: true }))
        .filter((file) => file.endsWith('.mjs'))
        .map((file) => readFile(join(bundle.folder, file), 'utf8')),
    );

    expect(code.join()).toContain('x-id=GetObject');
    expect(code.join()).not.toMatch(/x-id=GetObjectAcl|"CreateNodegroup"/);
  });

  it('contains no undici, and does not make Node load its own', () => {
    const script = `await import(process.argv[1]); process.stdout.write(JSON.stringify(process.moduleLoadList.filter((name) => name.includes('undici'))))`;

    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, bundle.entry], { encoding: 'utf8' });

    expect(JSON.parse(stdout)).toEqual([]);
    expect(bundle.composition.packages.map((row) => row.package)).not.toContain('undici');
  });

  it('has source maps beside the code, without our sources in them', async () => {
    const map = JSON.parse(await readFile(`${bundle.entry}.map`, 'utf8')) as { sources: string[]; sourcesContent?: unknown };

    expect(map.sources.some((source) => source.endsWith(`functions/${name}/handler.ts`))).toBe(true);
    expect(map.sourcesContent).toBeUndefined();
    expect(await readFile(bundle.entry, 'utf8')).not.toContain('sourceMappingURL');
  });
});

describe('the bundle of the CLI', () => {
  let bundle: BuiltBundle;

  beforeAll(async () => {
    bundle = await buildCli(join(root, 'cli'));
  });

  it('is a program that runs by itself', async () => {
    const { stdout, stderr, status } = spawnSync(bundle.entry, ['--version'], { encoding: 'utf8', cwd: root });

    expect({ stdout, stderr, status }).toEqual({ stdout: `${manifest.version}\n`, stderr: '', status: 0 });
    expect((await stat(bundle.entry)).mode & 0o111).toBe(0o111);
  });

  it('prints the formats whose libraries are loaded late', () => {
    const { stdout, stderr } = spawnSync(bundle.entry, ['schedule', 'test', 'always', '-o', 'yaml'], { encoding: 'utf8', cwd: root });

    expect({ stdout, stderr }).toEqual({ stdout: 'matches: true\n', stderr: '' });
  });

  it('starts with nothing but the argument parser and code of our own', () => {
    expect(packagesAtInit(bundle)).toEqual(['commander', 'nightshift', '(bundler)']);
    expect(bundle.composition.initBytes / 1000).toBeLessThan(100);
  });

  it('carries the licences of what is inside', async () => {
    const notices = await readFile(join(bundle.folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');

    for (const { package: name } of bundle.composition.packages.filter((row) => !['nightshift', '(bundler)'].includes(row.package))) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm'));
    }
  });

  it('leaves nothing of an earlier build behind', async () => {
    await writeFile(join(bundle.folder, 'chunks', 'stale.js'), '');

    await buildCli(bundle.folder);

    expect(await readdir(join(bundle.folder, 'chunks'))).not.toContain('stale.js');
  });
});
