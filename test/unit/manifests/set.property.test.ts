import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, askedFor } from '../../../lib/manifests/set/asked.ts';
import type { Edit } from '../../../lib/manifests/set/options.ts';
import { setValues } from '../../../lib/manifests/set/set-values.ts';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { fuzzRuns, yamlFiles } from '../../support/yaml/arbitrary-yaml.ts';
import type { Place, RandomYaml } from '../../support/yaml/random-yaml.ts';
import { readingOf, wayTo } from '../../support/yaml/reading.ts';

const RUNS = fuzzRuns(5_000);
const VERSIONS = ['1.2', '1.1'] as const;

const WORDS = [
  'v2',
  'yes',
  '1.20',
  '0755',
  '12e45',
  'null',
  '~',
  '22:22',
  '2024-01-01',
  '=',
  '<<',
  'a: b',
  'a #b',
  '#',
  '- x',
  '-',
  '[x',
  '{',
  'x, y',
  '*a',
  '&a',
  '!t',
  '%x',
  '@x',
  '`x',
];
const texts = fc.oneof(
  fc.constantFrom(
    ...WORDS,
    ' x',
    'x ',
    'one\ntwo',
    'one\ntwo\n',
    'a\n\nb',
    '\n',
    '',
    '\ttab',
    "it's",
    '"q"',
    '\\',
    'é',
    '😀',
    'x\r\ny',
    '\u2028',
    '\u0007',
    '\uFEFFx',
    '---',
    '...',
    'a:',
    ': ',
  ),
  fc.string({ unit: fc.constantFrom(...' ab:#-,[]{}\'"\n\\é😀&*!|>%@`?0.~') }),
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
);
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 5, arbitrary: texts.map((text) => askedFor(text, { asString: true })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('42', '-1', '0', '1.5', '0x1F', '1e3', 'true', 'false', 'null', '["a", 1, {"b": null}]', '{}')
      .map((text) => askedFor(text)),
  },
);

function editOf({ path }: Place, value: Asked): Edit {
  const segments = path.map((step) => ({ kind: typeof step === 'number' ? 'index' : 'key', text: String(step) }) as const);
  return { path: JSON.stringify(path), segments, asked: value };
}

/** Undefined when the edit was refused, which leaves the file alone. */
function attempt(text: string, place: Place, value: Asked): string | undefined {
  try {
    return setValues(text, [editOf(place, value)], { document: { index: place.document } }).text;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

function assertOnlyChanged(file: RandomYaml, place: Place, { value, text }: { readonly value: Asked; readonly text: string }): void {
  expect(standsAround(file.text, place, text)).toBe(true);
  for (const version of VERSIONS) {
    const [before, after] = [readingOf(file.text, version), readingOf(text, version)];
    const way = wayTo(place.document, place.path);
    expect(withoutBelow(after, way)).toEqual(withoutBelow(before, way));
    if (value.type !== 'collection') expect(after.get(way)).toEqual([value.value, ...marksOf(before.get(way))]);
  }
}

/** Every character outside the value. Of the blanks behind a colon without a value one may stand before what is written there. */
function standsAround(before: string, { start, end }: Place, after: string): boolean {
  return (start === end ? [start, start + 1] : [start]).some((from) => {
    const [head, tail] = [before.slice(0, from), before.slice(Math.max(from, end))];
    return after.length >= head.length + tail.length && after.startsWith(head) && after.endsWith(tail);
  });
}

function withoutBelow(reading: ReadonlyMap<string, unknown>, way: string): ReadonlyMap<string, unknown> {
  return new Map([...reading].filter(([key]) => key !== way && !key.startsWith(`${way.slice(0, -1)},`)));
}

function marksOf(node: unknown): readonly unknown[] {
  return Array.isArray(node) ? node.slice(1) : [];
}

describe('setting a random value in a random file', () => {
  it('changes nothing but that value, under both versions of YAML, or is refused, which is rare', () => {
    let [made, refused] = [0, 0];
    void fc.assert(
      fc.property(yamlFiles, asked, fc.nat(), (file, value, choice) => {
        const place = file.places[choice % Math.max(file.places.length, 1)];
        if (!place) return;
        const text = attempt(file.text, place, value);
        if (text === undefined) refused += 1;
        else {
          made += 1;
          assertOnlyChanged(file, place, { value, text });
        }
      }),
      { numRuns: RUNS },
    );

    expect(made).toBeGreaterThan(RUNS / 2);
    expect(refused / (made + refused)).toBeLessThan(0.05);
  }, 600_000);
});
