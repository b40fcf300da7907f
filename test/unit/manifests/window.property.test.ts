import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedFor } from '../../../lib/manifests/set/asked.ts';
import { locate } from '../../../lib/manifests/set/locate.ts';
import type { Splice } from '../../../lib/manifests/set/splice.ts';
import { windowAround } from '../../../lib/manifests/set/window.ts';
import { yamlSubject } from '../../../lib/manifests/set/yaml-subject.ts';
import { scanYaml } from '../../../lib/manifests/tree/scan.ts';
import { fuzzRuns, yamlFiles } from '../../support/yaml/arbitrary-yaml.ts';

/** What may be spliced in, good and bad: most of it breaks something out of the value's place. */
const SPLICED = [
  'v2',
  '"v2"',
  ' v2',
  'v2 # c',
  '"v2',
  "'v2",
  '[v2',
  'v2]',
  '{v2: 1}',
  'v2\nb: 1',
  'v2\n',
  'v2\n  more',
  '|\n v2',
  '>-',
  '- v2',
  'k: v2',
  '&a v2',
  '!t v2',
  '*a',
  'v2,',
  '#',
  '',
  'v2\n---\nz: 1',
  'v2\n...',
  '? v2',
  '"v2\n\n  v3"',
];

describe('the part of a file that an edit is proved in', () => {
  it('proves nothing that the whole file does not prove, and sees the value that the whole has', () => {
    let [smaller, proved] = [0, 0];
    void fc.assert(
      fc.property(yamlFiles, fc.nat(), fc.constantFrom(...SPLICED), (file, choice, inserted) => {
        const place = file.places[choice % Math.max(file.places.length, 1)];
        if (!place) return;
        const { text } = file;
        const documents = scanYaml(text);
        const segments = place.path.map((step) => ({ kind: typeof step === 'number' ? 'index' : 'key', text: String(step) }) as const);
        const located = locate(text, documents[place.document]!, segments, { followAliases: false });
        if (located.found !== 'node') throw new Error(`not found: ${JSON.stringify(place)}`);
        const { steps } = located;
        const [whole, part] = [Number.POSITIVE_INFINITY, 1].map((largest) =>
          windowAround(text, documents, { document: place.document, steps, largest }),
        );
        const splice: Splice = { start: located.node.start, end: located.node.end, text: inserted };
        const claim = { kind: 'value', asked: askedFor('v2') } as const;
        const inWhole = yamlSubject(text, whole!);
        const inPart = yamlSubject(text, part!);

        expect(inPart?.value).toEqual(inWhole?.value);
        if (part!.end - part!.start < text.length / 2) smaller += 1;
        if (!inPart?.proves(splice, claim)) return;
        proved += 1;
        expect(inWhole?.proves(splice, claim)).toBe(true);
      }),
      { numRuns: fuzzRuns(2_000) },
    );

    expect(smaller).toBeGreaterThan(fuzzRuns(2_000) / 10);
    expect(proved).toBeGreaterThan(fuzzRuns(2_000) / 20);
  }, 600_000);
});
