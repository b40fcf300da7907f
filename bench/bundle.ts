import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { buildFunction, functionNames } from '../build/bundles.ts';
import { median } from './median.ts';

/** `node bench/bundle.ts`: what the functions' bundles cost before they do anything, beside a bare Node process in the same run. */
const runs = 11;

interface Row {
  readonly what: string;
  readonly initKB: number;
  readonly ms: number;
}

async function main(): Promise<void> {
  const bare = medianMs(['-e', '0']);
  const rows: Row[] = [{ what: 'node -e 0', initKB: 0, ms: bare }];
  for (const name of await functionNames()) {
    const { entry, composition } = await buildFunction(name);
    const ms = medianMs(['--input-type=module', '-e', `await import(${JSON.stringify(entry)})`]);
    rows.push({ what: `import ${relative(process.cwd(), entry)}`, initKB: composition.initBytes / 1000, ms });
  }
  process.stdout.write(`| on Node ${process.version}, median of ${runs} | init KB | ms | above bare Node |\n|---|---|---|---|\n`);
  for (const { what, initKB, ms } of rows) {
    process.stdout.write(`| ${what} | ${initKB.toFixed(0)} | ${ms.toFixed(0)} | ${(ms - bare).toFixed(0)} |\n`);
  }
}

/** Wall time of a whole Node process, in milliseconds; throws when the process fails, since its time would mean nothing. */
function medianMs(args: readonly string[]): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`node ${args.join(' ')} exited with ${status}: ${stderr}`);
    return performance.now() - started;
  });
  return median(times);
}

await main();
