import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '../../../build/composition.ts';
import { oneStartFile } from '../../../build/one-start-file.ts';
import { type Output, outputOf } from '../../../build/output.ts';

/** Both late modules share `state` with the entry, and one of them shares `pair` with it besides. */
const sources = {
  'entry.ts': `
    import { count } from './state.ts';
    import { pair } from './pair.ts';
    export const handler = async () => [pair(count()), await (await import('./late.ts')).late(), await (await import('./later.ts')).later()];`,
  'state.ts': 'let calls = 0; export const count = (): number => ++calls;',
  'pair.ts': 'export class Pair { constructor(readonly of: number) {} } export const pair = (of: number): Pair => new Pair(of);',
  'late.ts': `import { count } from './state.ts'; import { Pair, pair } from './pair.ts'; export const late = () => pair(count()) instanceof Pair;`,
  'later.ts': `import { count } from './state.ts'; export const later = () => count();`,
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'start-'));
  for (const [file, text] of Object.entries(sources)) await writeFile(join(root, file), text);
});
afterEach(() => rm(root, { recursive: true }));

async function split(): Promise<Output> {
  const shape = {
    bundle: true,
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    minify: true,
    keepNames: true,
  } as const;
  const entryPoints = [{ in: join(root, 'entry.ts'), out: 'index' }];
  const maps = { sourcemap: 'external', sourcesContent: false } as const;
  return outputOf(
    await build({ ...shape, ...maps, entryPoints, absWorkingDir: root, outdir: join(root, 'out'), metafile: true, write: false }),
    root,
  );
}

async function write({ files }: Output): Promise<void> {
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  for (const [path, text] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

describe('oneStartFile', () => {
  it('puts what the entry imports statically into its file, and runs as before, with one copy of every module', async () => {
    const before = await split();
    const after = await oneStartFile(before, { entry: 'out/index.js', root });
    await write(after);

    const { handler } = (await import(join(root, 'out/index.js'))) as { handler: () => Promise<unknown> };

    expect(before.metafile.outputs['out/index.js']?.imports.some(({ kind }) => kind === 'import-statement')).toBe(true);
    expect(after.files.get('out/index.js')).not.toMatch(/from"|import"/);
    expect(await handler()).toEqual([{ of: 1 }, true, 3]);
  });

  it('keeps the names of classes', async () => {
    const { files } = await oneStartFile(await split(), { entry: 'out/index.js', root });

    expect(files.get('out/index.js')).toContain('"Pair"');
  });

  it('leads the map of the start file on to the sources', async () => {
    const { files } = await oneStartFile(await split(), { entry: 'out/index.js', root });

    const { sources: named } = JSON.parse(files.get('out/index.js.map') ?? '') as { sources: string[] };
    expect(named).toEqual(expect.arrayContaining(['../entry.ts', '../state.ts', '../pair.ts']));
  });

  it('accounts for what is in the start file, byte by byte', async () => {
    const { files, metafile } = await oneStartFile(await split(), { entry: 'out/index.js', root });

    const { initBytes, onDemandBytes } = compose(metafile, 'out/index.js');
    const code = [...files].filter(([path]) => path.endsWith('.js'));
    expect(initBytes).toBe(files.get('out/index.js')?.length);
    expect(initBytes + onDemandBytes).toBe(code.reduce((sum, [, text]) => sum + text.length, 0));
    expect(
      Object.keys(metafile.outputs)
        .filter((path) => path.endsWith('.js'))
        .sort(),
    ).toEqual(code.map(([path]) => path).sort());
  });

  it('leaves a bundle without shared chunks as it is', async () => {
    await writeFile(join(root, 'entry.ts'), 'export const handler = () => 1;');
    const before = await split();

    const after = await oneStartFile(before, { entry: 'out/index.js', root });

    expect([...after.files.keys()]).toEqual([...before.files.keys()]);
    expect(after.files.get('out/index.js')).toContain('handler');
  });
});
