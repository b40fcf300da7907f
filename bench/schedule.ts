/**
 * What the schedule costs: `node bench/schedule.ts`. Cold figures come from a fresh process each, warm ones are the best of several rounds.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROUNDS = 7;
const OBJECTS = 5000;
const DAY_MS = 86_400_000;
const NIGHT = Date.parse('2026-03-30T01:00:00Z');
const SPECS = [
  'Mon-Fri 07:00-19:00 Europe/Berlin',
  'Mon-Fri 08:00-20:00 America/New_York,Sat-Sat 10:00-14:00 America/New_York',
  'Mon-Fri 09:00-18:00 Asia/Kolkata,2026-12-24T00:00:00Z-2026-12-27T00:00:00Z',
  'Sun-Thu 08:30-18:30 Asia/Kathmandu',
  'Mon-Sun 22:00-06:00 Australia/Lord_Howe',
];
const MODULE = fileURLToPath(new URL('../lib/schedule/', import.meta.url));

/** Runs in a process of its own: nothing is cached, neither our code nor the zones. */
const COLD = `
const started = performance.now();
const { parseTimeSpec, matches, nextTransitions } = await import('bundle:');
const imported = performance.now();
const first = parseTimeSpec(${JSON.stringify(SPECS[0])}, { dialect: 'nightshift' });
matches(first.spec, ${NIGHT});
const matched = performance.now();
nextTransitions(first.spec, ${NIGHT}, { count: 4, horizonMs: 400 * ${DAY_MS} });
process.stdout.write(JSON.stringify([imported - started, matched - imported, performance.now() - matched]));
`;

async function bundle(): Promise<string> {
  const contents = ['parse-time-spec', 'matches', 'next-transitions'].map((name) => `export * from './${name}.ts';`).join('\n');
  const result = await build({
    stdin: { contents, resolveDir: MODULE },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
  });
  return result.outputFiles[0]?.text ?? '';
}

function coldMs(code: string): number[] {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const script = COLD.replaceAll('bundle:', url);
  const runs = Array.from(
    { length: ROUNDS },
    () => JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) as number[],
  );
  return [0, 1, 2].map((step) => Math.min(...runs.map((run) => run[step] ?? 0)));
}

/** Best of several rounds, in microseconds per call. */
function warmUs(calls: number, work: (index: number) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    for (let index = 0; index < calls; index++) work(index);
    best = Math.min(best, performance.now() - started);
  }
  return (best * 1000) / calls;
}

function line(name: string, value: number, unit: string): void {
  process.stdout.write(`${name.padEnd(68)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}\n`);
}

const code = await bundle();
const [importMs = 0, firstMs = 0, firstNextMs = 0] = coldMs(code);
line('bundle, minified', Buffer.byteLength(code), 'B');
line('cold: import', importMs, 'ms');
line('cold: first parse and match of a zone', firstMs, 'ms');
line('cold: first next four transitions', firstNextMs, 'ms');

const { parseTimeSpec } = await import('../lib/schedule/parse-time-spec.ts');
const { matches } = await import('../lib/schedule/matches.ts');
const { nextTransitions } = await import('../lib/schedule/next-transitions.ts');
const parse = (index: number) => parseTimeSpec(SPECS[index % SPECS.length] ?? '', { dialect: 'nightshift' });
const specs = SPECS.map((_, index) => parse(index)).flatMap((result) => (result.ok ? [result.spec] : []));
const specAt = (index: number) => specs[index % specs.length] ?? { source: '', items: [] };

line('warm: parse', warmUs(OBJECTS, parse), 'µs');
line(
  'warm: match, one instant for all',
  warmUs(OBJECTS, (index) => matches(specAt(index), NIGHT)),
  'µs',
);
line(
  'warm: match, another minute of the year each time',
  warmUs(OBJECTS, (index) => matches(specAt(index), NIGHT + index * 6_000_000)),
  'µs',
);
line(
  'warm: next transition',
  warmUs(OBJECTS, (index) => nextTransitions(specAt(index), NIGHT, { count: 1, horizonMs: 8 * DAY_MS })),
  'µs',
);
line(
  'warm: all transitions of a year',
  warmUs(20, (index) => nextTransitions(specAt(index), NIGHT, { count: 2000, horizonMs: 366 * DAY_MS })),
  'µs',
);
const whole = parseTimeSpec('Mon-Sun 00:00-12:00 Europe/Berlin,Mon-Sun 12:00-24:00 Europe/Berlin', { dialect: 'nightshift' });
const endless = { count: 1, horizonMs: Number.POSITIVE_INFINITY };
line(
  'warm: a union that never changes, no horizon',
  warmUs(20, () => whole.ok && nextTransitions(whole.spec, NIGHT, endless)),
  'µs',
);
line(
  `a run: parse and match ${OBJECTS} objects`,
  warmUs(1, () => {
    for (let index = 0; index < OBJECTS; index++) {
      const result = parse(index);
      if (result.ok) matches(result.spec, NIGHT);
    }
  }) / 1000,
  'ms',
);
