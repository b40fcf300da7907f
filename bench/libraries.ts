/** `node bench/libraries.ts`: what each small library costs, beside a process that loads none (docs/decisions/0008-small-libraries.md). */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** What of each library is used, as a module that imports it. */
const uses = {
  zod: `import * as z from 'zod'; globalThis.used = z.strictObject({ name: z.string() });`,
  yaml: `import { parseAllDocuments, stringify } from 'yaml'; globalThis.used = [parseAllDocuments, stringify];`,
  axios: `import axios from 'axios'; globalThis.used = axios;`,
  '@smithy/signature-v4': `import { SignatureV4 } from '@smithy/signature-v4'; globalThis.used = SignatureV4;`,
  '@aws-lambda-powertools/logger': `import { Logger } from '@aws-lambda-powertools/logger'; globalThis.used = Logger;`,
  '@aws-lambda-powertools/metrics': `import { Metrics } from '@aws-lambda-powertools/metrics'; globalThis.used = Metrics;`,
  liquidjs: `import { Liquid } from 'liquidjs'; globalThis.used = Liquid;`,
  ajv: `import { Ajv } from 'ajv'; import { Ajv2020 } from 'ajv/dist/2020.js'; globalThis.used = [Ajv, Ajv2020];`,
  'json-p3': `import { JSONPathEnvironment } from 'json-p3'; globalThis.used = JSONPathEnvironment;`,
  xpath: `import xpath from 'xpath'; globalThis.used = xpath.parse;`,
  sax: `import sax from 'sax'; globalThis.used = sax.parser;`,
  htmlparser2: `import { Parser } from 'htmlparser2'; globalThis.used = Parser;`,
  'fast-check': `import * as fc from 'fast-check'; globalThis.used = fc;`,
};

const root = resolve(import.meta.dirname, '..');
const rounds = 21;
const banner = { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" };

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'libraries-'));
  try {
    const files = new Map<string, string>([['none', await bundled(join(folder, 'none.mjs'), '')]]);
    for (const [name, contents] of Object.entries(uses)) files.set(name, await bundled(join(folder, `${files.size}.mjs`), contents));
    const times = new Map<string, number[]>([...files.keys()].map((name) => [name, []]));
    // In turns, and the least of all rounds: what else the machine does can only make a round longer.
    for (let round = 0; round < rounds; round++) for (const [name, file] of files) times.get(name)?.push(startMs(file));
    const least = (name: string): number => Math.min(...(times.get(name) ?? []));
    for (const [name, file] of files) {
      const kilobytes = ((await stat(file)).size / 1_000).toFixed(0);
      process.stdout.write(`${name.padEnd(32)} ${kilobytes.padStart(5)} KB ${(least(name) - least('none')).toFixed(0).padStart(5)} ms\n`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bundled(outfile: string, contents: string): Promise<string> {
  const stdin = { contents, resolveDir: root };
  await build({ stdin, outfile, banner, bundle: true, minify: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'] });
  return outfile;
}

/** Wall time of a process that loads the file and ends. */
function startMs(file: string): number {
  const started = performance.now();
  execFileSync(process.execPath, [file], { stdio: 'ignore' });
  return performance.now() - started;
}

await main();
