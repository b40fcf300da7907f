import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readableStack } from '../../../lib/platform/readable-stack.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** URL of a bundle of a source that throws in line 2; its map lies beside it. */
async function aBundle(name: string): Promise<string> {
  const contents = `export function fail(): never {\n  throw new Error('no');\n}\n`;
  const outfile = join(folder, `${name}.mjs`);
  const stdin = { contents, loader: 'ts', sourcefile: 'lib/fail.ts' } as const;
  await build({ stdin, outfile, bundle: true, minify: true, format: 'esm', sourcemap: 'external', sourcesContent: false });
  return pathToFileURL(outfile).href;
}

/** The frame of the place where the bundle makes its error, as V8 writes it. */
async function frameIn(url: string): Promise<string> {
  const code = await readFile(new URL(url), 'utf8');
  return `    at fail (${url}:1:${code.indexOf('new Error') + 1})`;
}

describe('readableStack', () => {
  it('puts the places of the sources where those of the bundle stand, and leaves the rest', async () => {
    const frame = await frameIn(await aBundle('mapped'));
    const others = [
      '    at async main (file:///elsewhere/main.mjs:3:1)',
      '    at async Promise.all (index 0)',
      '    at node:internal/main:1:1',
    ];

    const readable = readableStack(['Error: no', frame, frame.replace(/ \(|\)/g, ' ').trimEnd(), ...others].join('\n'));

    expect(readable.split('\n')).toEqual(['Error: no', '    at fail (lib/fail.ts:2:9)', '    at fail lib/fail.ts:2:9', ...others]);
  });

  it('reads a map once, when the first stack asks for it', async () => {
    const stack = `Error: no\n${await frameIn(await aBundle('once'))}`;
    const readable = readableStack(stack);
    await rm(join(folder, 'once.mjs.map'));

    expect(readable).toContain('lib/fail.ts');
    expect(readableStack(stack)).toBe(readable);
  });

  it('leaves a stack as it is where there is no map, or none that can be read', async () => {
    await writeFile(join(folder, 'broken.mjs.map'), '{ "version": 3');
    const frames = ['broken', 'missing'].map((name) => `    at fail (${pathToFileURL(folder).href}/${name}.mjs:1:40)`);
    const stack = ['Error: no', ...frames].join('\n');

    expect(readableStack(stack)).toBe(stack);
  });

  it('takes no message for a place', async () => {
    const url = await aBundle('message');
    const stack = `Error: ${url}:1:40 is\n at fault (${url}:1:40) or so\n    at ${'file://'.repeat(200)}${url}:1:40`;

    expect(readableStack(stack)).toBe(stack);
  });
});
