/**
 * What one value of a large values file costs to change: ours beside the document API of the yaml package, in fresh processes and warmed up.
 * Run: node bench/manifest-set.ts [--json]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { editsOf } from '../lib/manifests/set/edits.ts';
import { setValues } from '../lib/manifests/set/set-values.ts';
import { median } from './median.ts';

const BYTES = 1_000_000;
const COLD_RUNS = 7;
const WARM_ROUNDS = 7;
/** What `manifest set` may take of the largest file, in milliseconds. */
const BUDGET_MS = 300;

const ways = {
  'nightshift, one value': (text: string): string => setValues(text, editsOf([`${last(text)}.image.tag=v2`], { asString: false })).text,
  'nightshift, twenty values': (text: string): string => setValues(text, editsOf(twenty(), { asString: false })).text,
  'yaml, document API': (text: string): string => throughDocument(text, {}),
  'yaml, keys not compared': (text: string): string => throughDocument(text, { uniqueKeys: false }),
} as const;
type Way = keyof typeof ways;

function throughDocument(text: string, options: { readonly uniqueKeys?: boolean }): string {
  const document = parseDocument(text, options);
  document.setIn([last(text), 'image', 'tag'], 'v2');
  return document.toString();
}

/** A values file as umbrella charts have them, with what people write between the values. */
function valuesFile(): string {
  let text = '# Values of all services\n\n';
  for (let index = 0; text.length < BYTES; index++)
    text += `service${index}:
  # the image of service ${index}
  image:
    repository: registry.example.com/team/service${index}
    tag: "v1.${index % 10}.${index}"  # current
    pullPolicy: IfNotPresent
  replicas: ${index % 9}
  env:
    - name: LOG_LEVEL
      value: info
    - {name: PORT, value: "80${index % 100}"}
  command: ['sh', '-c', 'exec app --id ${index}']
  notes: |
    line one
    line two ${index}

`;
  return text;
}

function last(text: string): string {
  return /service\d+(?=:)/.exec(text.slice(text.lastIndexOf('\nservice')))?.[0] ?? '';
}

function twenty(): string[] {
  return Array.from({ length: 20 }, (_, index) => `service${index * 100}.image.tag=v2`);
}

function timeOf(way: Way, text: string): number {
  const started = performance.now();
  ways[way](text);
  return performance.now() - started;
}

/** In a process of its own: nothing is compiled yet, as on the command line. */
function coldMs(way: Way): number {
  const script = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: COLD_RUNS }, () =>
    Number(execFileSync(process.execPath, [script, '--one', way], { encoding: 'utf8' })),
  );
  return median(runs);
}

function warmMs(way: Way, text: string): number {
  return Math.min(...Array.from({ length: WARM_ROUNDS }, () => timeOf(way, text)));
}

/** Lines of the result that the file did not have. */
function changedLines(way: Way, text: string): number {
  const before = text.split('\n');
  return ways[way](text)
    .split('\n')
    .filter((line, index) => line !== before[index]).length;
}

function main(): void {
  const text = valuesFile();
  const one = process.argv[process.argv.indexOf('--one') + 1];
  if (process.argv.includes('--one') && one !== undefined && one in ways) {
    process.stdout.write(`${timeOf(one as Way, text)}\n`);
    return;
  }
  const rows = (Object.keys(ways) as Way[]).map((way) => ({
    way,
    coldMs: coldMs(way),
    warmMs: warmMs(way, text),
    lines: changedLines(way, text),
  }));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ bytes: text.length, budgetMs: BUDGET_MS, rows })}\n`);
  else {
    process.stdout.write(
      `${text.length} bytes; milliseconds in a fresh process (median of ${COLD_RUNS}), warm (best of ${WARM_ROUNDS}), and lines that differ\n`,
    );
    for (const { way, coldMs: cold, warmMs: warm, lines } of rows)
      process.stdout.write(
        `${way.padEnd(28)} ${cold.toFixed(0).padStart(7)} ${warm.toFixed(0).padStart(7)} ${String(lines).padStart(7)}\n`,
      );
  }
  if ((rows[0]?.coldMs ?? 0) > BUDGET_MS) process.exitCode = 1;
}

main();
