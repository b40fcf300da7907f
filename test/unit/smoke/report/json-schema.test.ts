import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { resultJsonSchema } from '../../../../lib/smoke/report/result-json-schema.ts';
import { suiteResultSchema } from '../../../../lib/smoke/report/result-schema.ts';
import { runSuite } from '../../../../lib/smoke/run/run-suite.ts';
import published from '../../../../schema/smoke-report.schema.json' with { type: 'json' };
import { aCheck, aSuite } from '../run/checks.ts';
import { scriptedProber } from '../run/scripted-prober.ts';
import { virtualClock } from '../run/virtual-clock.ts';
import { aMixedResult } from './results.ts';

const validate = new Ajv({ allErrors: true, strict: true, formats: { 'date-time': true } }).compile(published);

describe('the published JSON schema of reports', () => {
  it('is the one of the code: npm run build:schema writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
  });

  it('holds for one of each outcome', () => {
    const report: unknown = JSON.parse(JSON.stringify(aMixedResult()));

    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(suiteResultSchema.parse(report)).toEqual(report);
  });

  it('holds for what a run reports', async () => {
    const clock = virtualClock();
    const checks = [aCheck('a'), aCheck('b', { dependsOn: ['a'] }), aCheck('c')];
    const prober = scriptedProber(clock, { a: [{ status: 404 }], c: [{ failure: 'connect' }, {}] });

    const report: unknown = JSON.parse(
      JSON.stringify(await runSuite(aSuite(checks), { prober, clock, values: new Map(), deadlineMs: 60_000 })),
    );

    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['another version', { version: 2 }],
    ['an unknown word', { extra: true }],
    ['an unknown status', { status: 'fine' }],
    ['a check without an outcome', { checks: [{ name: 'a' }] }],
  ])('does not hold for %s', (_, over) => {
    const report: unknown = JSON.parse(JSON.stringify({ ...aMixedResult(), ...over }));

    expect(validate(report)).toBe(false);
    expect(suiteResultSchema.safeParse(report).success).toBe(false);
  });
});
