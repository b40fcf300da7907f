import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requiredBuiltins } from '../../../build/required-builtins.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'builtins-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a program prints, and which of Node's own modules it loaded. */
async function run(program: string): Promise<{ readonly printed: string; readonly loaded: readonly string[] }> {
  const outfile = join(folder, 'program.mjs');
  const contents = `${program}; process.stdout.write('\\n' + JSON.stringify(process.moduleLoadList));`;
  const stdin = { contents, resolveDir: folder, loader: 'ts' } as const;
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', minify: true, plugins: [requiredBuiltins] });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  const [printed = '', list = '[]'] = stdout.split('\n');
  return { printed, loaded: JSON.parse(list) as string[] };
}

describe('requiredBuiltins', () => {
  it.each([
    ['a name', `import { join } from 'node:path'; process.stdout.write(join('a', 'b'))`],
    ['a name without the prefix', `import { join as glue } from 'path'; process.stdout.write(glue('a', 'b'))`],
    ['the default', `import path from 'node:path'; process.stdout.write(path.join('a', 'b'))`],
    ['everything', `import * as path from 'node:path'; process.stdout.write(path.join('a', 'b'))`],
    ['a part of a module', `import { join } from 'node:path/posix'; process.stdout.write(join('a', 'b'))`],
    ['a require', `const path = require('path'); process.stdout.write(path.join('a', 'b'))`],
    ['a dynamic import', `const path = await import('node:path'); process.stdout.write(path.join('a', 'b'))`],
  ])('gives %s', async (_, program) => {
    expect((await run(program)).printed).toBe('a/b');
  });

  it.each([
    ['http', `import { request } from 'node:http'; process.stdout.write(typeof request)`, /undici/],
    ['crypto', `import { randomUUID } from 'node:crypto'; process.stdout.write(typeof randomUUID)`, /webcrypto/],
    ['util', `import { inspect } from 'node:util'; process.stdout.write(typeof inspect)`, /parse_args|worker_threads/],
  ])('makes Node load only what is used of %s', async (name, program, unused) => {
    const { printed, loaded } = await run(program);

    expect(printed).toBe('function');
    expect(loaded).toContain(`NativeModule ${name}`);
    expect(loaded.filter((each) => unused.test(each))).toEqual([]);
  });

  it('leaves modules of others alone', async () => {
    await writeFile(join(folder, 'ours.ts'), `export const paths = 'ours';`);

    expect((await run(`import { paths } from './ours.ts'; process.stdout.write(paths)`)).printed).toBe('ours');
  });

  it('builds the same bytes whatever started it: node:process has more exports in a child that is spoken to', async () => {
    const { href } = new URL('../../../build/required-builtins.ts', import.meta.url);
    const script = join(folder, 'build.mjs');
    const stdin = { contents: `import { argv } from 'node:process'; console.log(argv)`, resolveDir: folder };
    await writeFile(
      script,
      `import { build } from ${JSON.stringify(import.meta.resolve('esbuild'))};
      import { requiredBuiltins } from ${JSON.stringify(href)};
      await build({
        ...{ stdin: ${JSON.stringify(stdin)}, outfile: process.argv[2], bundle: true, platform: 'node', format: 'esm', minify: true },
        ...{ sourcemap: 'inline', plugins: [requiredBuiltins] },
      });`,
    );

    const alone = spawnSync(process.execPath, [script, join(folder, 'alone.mjs')], { encoding: 'utf8' });
    const [code] = await once(fork(script, [join(folder, 'forked.mjs')], { execArgv: [] }), 'exit');

    expect([alone.status, code, alone.stderr]).toEqual([0, 0, '']);
    expect(await readFile(join(folder, 'forked.mjs'), 'utf8')).toBe(await readFile(join(folder, 'alone.mjs'), 'utf8'));
  });
});
