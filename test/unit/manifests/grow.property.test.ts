import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedFor } from '../../../lib/manifests/set/asked.ts';
import type { Segment } from '../../../lib/manifests/set/path.ts';
import { setValues } from '../../../lib/manifests/set/set-values.ts';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { fuzzRuns, yamlFiles } from '../../support/yaml/arbitrary-yaml.ts';
import type { Place } from '../../support/yaml/random-yaml.ts';
import { readingOf, wayTo } from '../../support/yaml/reading.ts';

const RUNS = fuzzRuns(1_500);
const NEW_KEY = 'a new: key';

/** Beside a value that is there: a key more, or an item more. */
function besides({ path }: Place): readonly Segment[] {
  const last: Segment = typeof path.at(-1) === 'number' ? { kind: 'index', text: '-1' } : { kind: 'key', text: NEW_KEY };
  return [...path.slice(0, -1).map((step): Segment => ({ kind: typeof step === 'number' ? 'index' : 'key', text: String(step) })), last];
}

/** All readings but of the collection that grows, whose list of keys or length differs, and of what is new in it. */
function others(text: string, version: '1.1' | '1.2', parent: string): ReadonlyMap<string, unknown> {
  return new Map([...readingOf(text, version)].filter(([way]) => way !== parent));
}

function attempt(text: string, place: Place, value: string): string | undefined {
  try {
    const edit = { path: 'p', segments: besides(place), asked: askedFor(value, { asString: true }) };
    return setValues(text, [edit], { document: { index: place.document }, create: true }).text;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

/** Characters were put in at one place, and nothing else was done. */
function isInsertion(before: string, after: string): boolean {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  return after.length > before.length && after.endsWith(before.slice(head));
}

describe('adding a value to a random file', () => {
  it('puts in lines or entries, under both versions of YAML, and moves nothing; or is refused, which is rare', () => {
    let [made, refused] = [0, 0];
    void fc.assert(
      fc.property(yamlFiles, fc.constantFrom('v2', 'a: b', '1.20', 'x\ny', ''), fc.nat(), (file, value, choice) => {
        const place = file.places[choice % Math.max(file.places.length, 1)];
        if (!place) return;
        const text = attempt(file.text, place, value);
        if (text === undefined) {
          refused += 1;
          return;
        }
        made += 1;
        expect(isInsertion(file.text, text)).toBe(true);
        const parent = place.path.slice(0, -1);
        for (const version of ['1.1', '1.2'] as const) {
          const [before, after] = [file.text, text].map((each) => others(each, version, wayTo(place.document, parent)));
          const added = [...after!].filter(([way]) => !before!.has(way));
          expect(added.map(([, node]) => node)).toEqual([[value, undefined, undefined]]);
          expect(new Map([...after!].filter(([way]) => before!.has(way)))).toEqual(before);
        }
      }),
      { numRuns: RUNS },
    );

    expect(made).toBeGreaterThan(RUNS / 2);
    expect(refused / (made + refused)).toBeLessThan(0.1);
  }, 600_000);
});
