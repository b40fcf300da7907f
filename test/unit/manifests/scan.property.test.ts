import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanFailure } from '../../../lib/manifests/tree/cursor.ts';
import type { DocumentNode } from '../../../lib/manifests/tree/nodes.ts';
import { scanYaml } from '../../../lib/manifests/tree/scan.ts';
import { fuzzRuns, yamlFiles } from '../../support/yaml/arbitrary-yaml.ts';
import { ourShape, packageShape } from '../../support/yaml/shape.ts';

const SIGNS = [
  ' ',
  '  ',
  '\n',
  '"',
  "'",
  ':',
  ': ',
  '#',
  ' #',
  '- ',
  '-',
  '{',
  '}',
  '[',
  ']',
  ',',
  '|',
  '>',
  '&a ',
  '*a ',
  '!t ',
  '? ',
  '\t',
  '---\n',
  '...\n',
  '%',
  'é',
  '',
];

/** A file with a few characters taken out or put in, which seldom leaves it what it was and often not YAML at all. */
const damagedFiles = fc
  .tuple(yamlFiles, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...SIGNS)), { minLength: 1, maxLength: 2 }))
  .map(([{ text }, damage]) =>
    damage.reduce((now, [at, removed, sign]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + sign + now.slice(place + removed);
    }, text),
  );

function scanned(text: string): readonly DocumentNode[] | undefined {
  try {
    return scanYaml(text);
  } catch (error) {
    if (error instanceof ScanFailure) return undefined;
    throw error;
  }
}

describe('the reader of YAML', () => {
  it('sees what the yaml package sees in every random file', () => {
    void fc.assert(
      fc.property(yamlFiles, ({ text }) => {
        expect(ourShape(scanYaml(text))).toEqual(packageShape(text));
      }),
      { numRuns: fuzzRuns(1_500) },
    );
  }, 600_000);

  it('sees the same in a damaged file, or cannot follow it', () => {
    let [followed, apart] = [0, 0];
    void fc.assert(
      fc.property(damagedFiles, (text) => {
        const documents = scanned(text);
        if (!documents) return;
        followed += 1;
        // The package stumbles over a few rare things, such as comments of several indents in front of a value.
        if (!isDeepStrictEqual(ourShape(documents), packageShape(text))) apart += 1;
      }),
      { numRuns: fuzzRuns(3_000) },
    );

    expect(followed).toBeGreaterThan(fuzzRuns(3_000) / 4);
    expect(apart / followed).toBeLessThan(0.003);
  }, 600_000);
});
