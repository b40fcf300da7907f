import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument, visit } from 'yaml';
import type { Value } from '../../../lib/manifests/json.ts';
import { printValue } from '../../../lib/manifests/print-value.ts';
import { fuzzRuns } from '../../support/yaml/arbitrary-yaml.ts';

/** Of what has a meaning in YAML, and of what is no character to it. */
const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '\t', '-', ':', '#', '"', "'", '\\', '|', '0', '\r', '\x85', '\u2028', '\x7F', '\uFEFF'),
  }),
  fc.constantFrom('yes', 'n', '0644', '1e3', '12:30', '2024-01-02', '~', '<<', '=', '.inf', '0x1F', '---', '...', '\tall:\n'),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.bigInt({ min: 2n ** 53n }),
    fc.constantFrom<Value>(true, null, 1e30, -0.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe('a printed value', () => {
  it('is read as itself by both versions of YAML, and has no line that libyaml would take for indentation', () => {
    void fc.assert(
      fc.property(value, fc.boolean(), (wanted, blocks) => {
        const printed = printValue({ wanted }, { blocks });

        for (const version of ['1.1', '1.2'] as const) {
          const read: unknown = parse(printed, (_key, each: unknown) => (typeof each === 'bigint' ? small(each) : each), {
            version,
            intAsBigInt: true,
          });
          expect(read).toEqual({ wanted });
        }
        expect(printed).not.toMatch(/[|>][-+]?\n *\t/);
        expect(printed).not.toMatch(/[^\n\x20-\x7E\xA0-\uFFFD\t]|[\u2028\u2029\uFEFF]/u);
        if (!blocks) expect(blocksIn(printed)).toBe(0);
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it.each([
    ['\tall:\n', 'a: "\\tall:\\n"\n'],
    ['all:\n\techo\n', 'a: |\n  all:\n  \techo\n'],
    ['b\u2028c', 'a: "b\\u2028c"\n'],
    ['yes', 'a: "yes"\n'],
    [1e21, 'a: 1.0e+21\n'],
    [2n ** 70n, 'a: 1180591620717411303424\n'],
  ])('is as a person would write it: %#', (wanted, printed) => {
    expect(printValue({ a: wanted }, { blocks: true })).toBe(printed);
  });
});

function blocksIn(printed: string): number {
  const types: unknown[] = [];
  visit(parseDocument(printed), { Scalar: (_key, { type }) => void types.push(type) });
  return types.filter((type) => String(type).startsWith('BLOCK')).length;
}

function small(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
