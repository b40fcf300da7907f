import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBundle, buildCli, buildFunction, functionNames } from '../../../build/bundles.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { fileRecorder } from '../../support/opened-files.ts';

/** Minified bytes that a cold start may read; a change that needs more has to say so here. */
const initBudgetKB: Readonly<Record<string, number>> = { 'post-deploy-smoke': 300, 'scale-dev-nightly': 265 };
/** For a function that has no budget of its own yet: what every function may read (docs/decisions/0005-packaging.md). */
const longestInitKB = 600;

/** What most runs never use: it may be in the bundle, in chunks of its own. */
const onDemandOnly = [
  ...['axios', '@kubernetes/client-node', '@aws-sdk/client-ssm', '@aws-sdk/client-sts', 'yaml', 'js-yaml', 'commander'],
  ...['json-p3', 'xpath', 'sax', 'htmlparser2', '@aws-sdk/client-dynamodb', '@aws-sdk/client-codepipeline'],
];

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
    expect(bundle.composition.initBytes / 1000).toBeLessThan(initBudgetKB[name] ?? longestInitKB);
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

  it('is one file at a cold start', async () => {
    const recorder = fileRecorder(join(root, `${name}-opened`));
    const args = [...recorder.nodeFlags, '--input-type=module', '-e', 'await import(process.argv[1])', bundle.entry];

    const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...recorder.env } });

    expect(stderr).toBe('');
    expect(await recorder.openedIn(bundle.folder)).toEqual([bundle.entry]);
    expect((await stat(bundle.entry)).size).toBe(bundle.composition.initBytes);
  });

  it('makes Node load nothing of its own that nobody uses', () => {
    const script = `await import(process.argv[1]); process.stdout.write(JSON.stringify(process.moduleLoadList))`;

    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, bundle.entry], { encoding: 'utf8' });

    expect(stdout).toContain('"NativeModule http"');
    expect((JSON.parse(stdout) as string[]).filter((each) => /undici|webcrypto|worker_threads|parse_args/.test(each))).toEqual([]);
    expect(bundle.composition.packages.map((row) => row.package)).not.toContain('undici');
  });

  it('has source maps beside the code that name our sources from the root of the project, and hold no source', async () => {
    const files = (await readdir(bundle.folder, { recursive: true })).filter((file) => /\.mjs(\.map)?$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(bundle.folder, file), 'utf8')));
    const maps = texts.filter((_, index) => files[index]?.endsWith('.map')).map((text) => JSON.parse(text) as Record<string, unknown>);

    expect(maps.length).toBeGreaterThan(10);
    expect(maps.filter((map) => 'sourcesContent' in map)).toEqual([]);
    expect(JSON.parse(await readFile(`${bundle.entry}.map`, 'utf8')).sources).toContain(`functions/${name}/handler.ts`);
    expect(texts.join()).not.toContain('sourceMappingURL=');
  });

  it('has the same bytes wherever it is built, and no path of the machine in them', async () => {
    const again = await buildFunction(name, join(root, 'elsewhere', 'deeper', name));

    const bytes = await bytesIn(bundle.folder);
    expect(await bytesIn(again.folder)).toEqual(bytes);
    const project = join(import.meta.dirname, '../../..');
    expect(Object.entries(bytes).filter(([, text]) => text.includes(project) || text.includes(root))).toEqual([]);
  });
});

/** Every file of a folder, by its path in there. */
async function bytesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.sort().map(async (file) => [relative(folder, file), await readFile(file, 'latin1')])));
}

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
    expect([...packagesAtInit(bundle)].sort()).toEqual(['(bundler)', 'commander', 'nightshift']);
    expect(bundle.composition.initBytes / 1000).toBeLessThan(110);
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
