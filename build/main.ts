import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type BuiltBundle, buildCli, buildFunction, functionNames } from './bundles.ts';
import { compositionTable } from './composition.ts';

/** `node build/main.ts [--quiet] [cli | <function>]...`: builds what is named, or everything, and prints what each bundle is made of. */
async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args: [...args], options: { quiet: { type: 'boolean' } }, allowPositionals: true });
  const functions = await functionNames();
  const unknown = positionals.filter((name) => name !== 'cli' && !functions.includes(name));
  if (unknown.length > 0)
    throw new Error(`nothing to build: no function is called ${unknown.join(', ')}; there are ${functions.join(', ')} and cli`);
  for (const name of positionals.length > 0 ? positionals : [...functions, 'cli']) {
    const started = performance.now();
    const bundle = name === 'cli' ? await buildCli() : await buildFunction(name);
    if (!values.quiet) process.stdout.write(`${await describe(bundle, performance.now() - started)}\n\n`);
  }
}

async function describe(bundle: BuiltBundle, ms: number): Promise<string> {
  const files = (await readdir(bundle.folder, { recursive: true })).filter((file) => /\.m?js$/.test(file));
  const code = await Promise.all(files.map((file) => readFile(join(bundle.folder, file))));
  const kilobytes = (sizes: readonly number[]): string => (sizes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(0);
  const gzipped = kilobytes(code.map((each) => gzipSync(each).length));
  const title = `${relative(process.cwd(), bundle.entry)}: ${files.length} files, ${kilobytes(code.map((each) => each.length))} KB, ${gzipped} KB gzipped`;
  return `${title} (built in ${ms.toFixed(0)} ms)\n${compositionTable(bundle.composition)}`;
}

await main(process.argv.slice(2));
