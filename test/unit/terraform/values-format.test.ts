import * as fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { jsonText } from '../../../lib/terraform/json.ts';
import { readOutputs } from '../../../lib/terraform/outputs.ts';
import { valuesFormat } from '../../../lib/terraform/values-format.ts';
import { outputsOf, recorded } from './documents.ts';

/** Keys and strings that YAML 1.1 or 1.2 reads as something else when they are plain. */
const words = fc.constantFrom(
  'no',
  'y',
  'on',
  '~',
  'null',
  '0644',
  '1e3',
  '12:30:45',
  '1_000',
  '0x1F',
  '.inf',
  '2026-01-01',
  '',
  ' a ',
  'a: b',
  '# x',
  '- x',
  '*a',
  '&a',
  '!t',
  '<<',
  '=',
  '\u0085',
  '\u2028',
  '\ufeff',
  'a\nb',
  '\t',
  '"',
  "'",
  '{{ x }}',
  '%',
  '@',
);
const text = fc.oneof(
  words,
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.replaceAll('\0', '')),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('Helm values', () => {
  it.each(['1.1', '1.2'] as const)('say the same under YAML %s, whatever the values', (version) => {
    return fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/), value), (values) => {
        const json: unknown = JSON.parse(JSON.stringify(values));

        const written = valuesFormat(outputsOf(json as Record<string, unknown>));

        expect(JSON.parse(JSON.stringify(parse(written.text, { version, merge: true })))).toEqual(json);
        expect(written.stringified).toEqual([]);
      }),
    );
  });

  it('are what Terraform has printed, with the numbers as strings that Helm would round', () => {
    const { outputs } = readOutputs(recorded('outputs'), 'test');

    const { text: yaml, stringified } = valuesFormat(outputs);

    const read = parse(yaml) as Record<string, unknown>;
    const { big, huge, ...rest } = JSON.parse(jsonText(Object.fromEntries(outputs.map((each) => [each.name, each.value]))));
    expect(stringified).toEqual(['big', 'huge']);
    expect(read).toMatchObject({ ...rest, big: '12345678901234567890123456789', huge: `1${'0'.repeat(400)}` });
    expect([big, huge]).toHaveLength(2);
  });

  it('are an empty map when there are none', () => {
    expect(valuesFormat([])).toEqual({ text: '{}\n', stringified: [] });
  });

  it('have exponents that YAML 1.1 reads as numbers too', () => {
    expect(valuesFormat(outputsOf({ a: new LosslessNumber('1e5'), b: new LosslessNumber('-2.5E-7') })).text).toBe(
      'a: 1.0e+5\nb: -2.5e-7\n',
    );
  });

  it('refuse what they cannot hold', () => {
    expect(() => valuesFormat(outputsOf({ a: '\ud800' }))).toThrow(RefusedError);
    expect(() => valuesFormat(outputsOf({ a: { ['k'.repeat(2_000)]: 1 } }))).toThrow('a key of 2000 characters');
  });
});
