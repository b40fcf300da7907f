import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assertionSchema, assertionSchemas, captureSchemas } from '../../../lib/smoke/suite/assertion-schema.ts';
import { readSuite } from '../../../lib/smoke/suite/read-suite.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../docs/smoke-suites.md'), 'utf8');
const example = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
  .map(([, block = '']) => block)
  .find((block) => block.startsWith('version'));
const rows = [...page.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
const section = (title: string): string => page.split(/^## /m).find((each) => each.startsWith(title)) ?? '';

describe('the page about smoke suites', () => {
  it('has an example that is a suite without a warning', async () => {
    const suite = await readSuite(example ?? '', { source: 'docs/smoke-suites.md' });

    expect(suite.warnings).toEqual([]);
    expect(new Set(suite.checks.map(({ probe }) => probe.kind))).toEqual(new Set(['http', 'tcp', 'tls', 'dns', 'grpc']));
    expect(suite.checks.find(({ name }) => name === 'version')).toMatchObject({ dependsOn: ['login'], successes: 3 });
  });

  it('has a line for every assertion, with a sample that is one', () => {
    const samples = rows.filter(
      ([, written = '']) => /^`[{a-z]/.test(written) && Object.keys(assertionSchemas).some((word) => written.includes(`${word}:`)),
    );

    expect(samples.map(([word]) => word?.replaceAll('`', ''))).toEqual(expect.arrayContaining(Object.keys(assertionSchemas)));
    for (const [, written = ''] of samples) {
      const [, sample = ''] = /^`([^`]*)`/.exec(written) ?? [];
      expect([sample, assertionSchema.safeParse(parse(sample)).error?.issues]).toEqual([sample, undefined]);
    }
  });

  it('names every operator and everything that can be captured', () => {
    const operators = [...new Set(Object.values(assertionSchemas).flatMap((schema) => Object.keys(schema.shape)))].filter(
      (word) => !(word in assertionSchemas),
    );

    expect(operators.length).toBeGreaterThan(12);
    expect(operators.filter((word) => !section('Assertions').includes(`\`${word}\``))).toEqual([]);
    expect(Object.keys(captureSchemas).filter((word) => !section('Captures').includes(`\`${word}`))).toEqual([]);
  });
});
