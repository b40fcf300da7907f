import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../lib/manifests/set/locate.ts';
import type { Claim } from '../../../lib/manifests/set/subject.ts';
import { type Window, windowAtEnd } from '../../../lib/manifests/set/window.ts';
import { yamlSubject } from '../../../lib/manifests/set/yaml-subject.ts';
import { scanYaml } from '../../../lib/manifests/tree/scan.ts';
import { fuzzRuns } from '../../support/yaml/arbitrary-yaml.ts';
import { type LinkedYaml, linkedYaml } from '../../support/yaml/linked-yaml.ts';

/** Shrinks, as every choice may become the plainest. */
const linkedFiles: fc.Arbitrary<LinkedYaml> = fc.array(fc.nat(1_000_000), { maxLength: 200, size: 'max' }).map((choices) => {
  let next = 0;
  return linkedYaml((below) => (choices[next++] ?? 0) % below);
});

/** Behind the blanks of its column: a right entry, and what is more, less, or somewhere else. */
const WRONG = [
  'z: *a0',
  'z: &a0 v2',
  'z: v1',
  'y: v2',
  'z: v2\nq: 1',
  'z:',
  '- *a0',
  '- v1',
  '- v2\n- v2',
  '<<: *a0',
  '"z: v2',
  'z: [v2',
  '# v2',
  'z: |\n v2',
  '...',
  '---\nz: v2',
  '*a0 : v2',
  '? z',
];

const RUNS = fuzzRuns(1_500);

/** The aliases in a part of a text that stand for what is before it. */
function crossing(text: string, { start, end }: Window): number {
  const part = text.slice(start, end);
  return [...part.matchAll(/\*(a\d+)/g)].filter(([, name]) => !part.includes(`&${name}`) && text.slice(0, start).includes(`&${name}`))
    .length;
}

describe('the part of a file that a new entry is proved in', () => {
  it('proves what the whole file proves, and nothing else, whatever its aliases stand for', () => {
    const seen = { smaller: 0, crossing: 0, right: 0, wrong: 0 };
    void fc.assert(
      fc.property(
        linkedFiles,
        fc.record({
          choice: fc.nat(),
          largest: fc.integer({ min: 1, max: 120 }),
          wrong: fc.constantFrom(...WRONG),
          column: fc.integer({ min: -2, max: 2 }),
        }),
        ({ text, collections }, { choice, largest, wrong, column }) => {
          const { type, path, column: own, end: at } = collections[choice % collections.length]!;
          const documents = scanYaml(text);
          const located = locate(text, documents[0]!, path, { followAliases: false });
          if (located.found !== 'node') throw new Error(`not found: ${JSON.stringify(path)}`);
          const { steps } = located;
          const [whole, part] = [Number.POSITIVE_INFINITY, largest].map((size) =>
            windowAtEnd(text, documents, { document: 0, steps, largest: size }),
          );
          const claim: Claim = { kind: 'entry', key: type === 'mapping' ? 'z' : undefined, value: 'v2' };
          const proves = (window: Window, line: string, columns: number): boolean | undefined =>
            yamlSubject(text, window)?.proves({ start: at, end: at, text: `${' '.repeat(Math.max(columns, 0))}${line}\n` }, claim);

          expect(part!.start).toBeLessThanOrEqual(at);
          expect(part!.end).toBeGreaterThanOrEqual(at);
          expect([whole!, part!].map((window) => proves(window, type === 'mapping' ? 'z: v2' : '- v2', own))).toEqual([true, true]);
          if (part!.end - part!.start < text.length / 2) seen.smaller += 1;
          if (crossing(text, part!) > 0) seen.crossing += 1;
          for (const line of [wrong, 'z: v2', '- v2']) {
            if (!proves(part!, line, own + column)) seen.wrong += 1;
            else {
              seen.right += 1;
              expect(proves(whole!, line, own + column)).toBe(true);
            }
          }
        },
      ),
      { numRuns: RUNS },
    );

    expect(seen.smaller).toBeGreaterThan(RUNS / 5);
    expect(seen.crossing).toBeGreaterThan(RUNS / 20);
    expect(seen.right).toBeGreaterThan(RUNS / 20);
    expect(seen.wrong).toBeGreaterThan(RUNS / 2);
  }, 600_000);
});
