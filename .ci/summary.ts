import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { addCounts, countTests, summaryLine } from './count-tests.ts';

/** `node .ci/summary.ts REPORT.json...`: one line per suite, every failure by name, the total as the last line. Exits 1 when anything failed. */
async function main(paths: readonly string[]): Promise<void> {
  const counts = await Promise.all(paths.map(async (path) => countTests(basename(path, '.json'), await readIfThere(path))));
  const total = addCounts(counts);
  const lines = counts.map((each, index) => `${basename(paths[index] ?? '', '.json')}: ${summaryLine(each)}`);
  const failures = total.failures.map((failure) => `FAILED ${failure}`);
  process.stdout.write(`${[...lines, ...failures, summaryLine(total)].join('\n')}\n`);
  if (total.failed > 0 || paths.length === 0) process.exitCode = 1;
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

await main(process.argv.slice(2));
