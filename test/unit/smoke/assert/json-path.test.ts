import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/manifests/json.ts';
import { parseJsonPath } from '../../../../lib/smoke/assert/json-path.ts';
import suite from '../../../support/jsonpath/cts.json' with { type: 'json' };

interface Case {
  readonly name: string;
  readonly selector: string;
  readonly document?: Json;
  readonly result?: readonly Json[];
  readonly results?: readonly (readonly Json[])[];
  readonly invalid_selector?: boolean;
}

const cases = suite.tests as unknown as readonly Case[];

describe('the compliance test suite of RFC 9535', () => {
  it('is all there', () => {
    expect(cases.length).toBe(687);
    expect(cases.filter(({ invalid_selector }) => invalid_selector).length).toBeGreaterThan(200);
  });

  it.each(cases.filter(({ invalid_selector }) => invalid_selector).map(({ name, selector }) => [name, selector]))(
    '%s: is refused',
    (_, selector) => {
      expect(() => parseJsonPath(selector)).toThrow();
    },
  );

  it.each(cases.filter(({ invalid_selector }) => !invalid_selector).map((each) => [each.name, each] as const))(
    '%s',
    (_, { selector, document, result, results }) => {
      const found = parseJsonPath(selector).find(document ?? null);

      expect(results ?? [result]).toContainEqual(found);
    },
  );
});

describe('a path', () => {
  it.each([
    ['$', true],
    ["$.a['b'][0]", true],
    ['$.a[-1]', true],
    ['$.*', false],
    ['$..a', false],
    ['$[0,1]', false],
    ['$[0:1]', false],
    ['$[?@.a]', false],
  ])('%s finds one value at most: %s', (path, singular) => {
    expect(parseJsonPath(path).singular).toBe(singular);
  });

  it('does not go down for ever', () => {
    let document: Json = 1;
    for (let depth = 0; depth < 10_000; depth++) document = [document];

    expect(() => parseJsonPath('$..a').find(document)).toThrow(/recursion limit/);
  });
});
