import { equal } from '../json.ts';
import { applyChanges, type Change } from './changes.ts';
import { readValues, type YamlVersion } from './read-values.ts';

export interface Expectation {
  /** Before the changes. */
  readonly text: string;
  readonly doc: number;
  readonly changes: readonly Change[];
  readonly versions: readonly YamlVersion[];
}

/** Does the text mean what the other one means with the changes made, in every version of YAML? */
export function meansThat(after: string, { text, doc, changes, versions }: Expectation): boolean {
  return versions.every((version) => {
    const expected = readValues(text, version);
    try {
      expected[doc] = applyChanges(expected[doc] ?? null, structuredClone(changes) as readonly Change[]);
    } catch (error) {
      // A key that the other version reads as something else has another name there.
      if (error instanceof RangeError) return false;
      throw error;
    }
    return equal(expected, readValues(after, version));
  });
}
