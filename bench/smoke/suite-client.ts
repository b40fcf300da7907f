/**
 * The engine of `nightshift smoke run` without its reader, which takes suites of 500 checks at most: `node suite-client.js ORIGIN PATH REQUESTS JOBS`.
 * Prints the milliseconds that the run took, redacting and summing up included.
 */
import { systemClock } from '../../lib/platform/clock.ts';
import { addressPolicy } from '../../lib/smoke/addresses/address-policy.ts';
import { createProber } from '../../lib/smoke/probes/run-probe.ts';
import { runSuite } from '../../lib/smoke/run/run-suite.ts';
import { readSuite } from '../../lib/smoke/suite/read-suite.ts';

const [origin = '', path = '', requests = '', jobs = ''] = process.argv.slice(2);
const assertions = [{ status: 200 }, { jsonPath: '$.ok', equals: true }];
const {
  checks: [pattern],
  ...suite
} = await readSuite(JSON.stringify({ version: 1, checks: [{ name: 'x', http: { url: origin }, assert: assertions }] }));
if (pattern?.probe.kind !== 'http') throw new Error('the pattern is no http check');
const { probe } = pattern;
const checks = Array.from({ length: Number(requests) }, (_, n) => ({
  ...pattern,
  name: `check ${n}`,
  probe: { ...probe, url: `${origin}${path}?n=${n}` },
}));
const prober = createProber({ addresses: addressPolicy(['127.0.0.1']), clock: systemClock });

const begun = performance.now();
const { status, summary } = await runSuite(
  { ...suite, checks },
  { prober, values: new Map(), clock: systemClock, deadlineMs: 300_000, jobs: Number(jobs) },
);
const ms = performance.now() - begun;
if (status !== 'passed') throw new Error(summary);
process.stdout.write(JSON.stringify({ ms }));
prober.close();
