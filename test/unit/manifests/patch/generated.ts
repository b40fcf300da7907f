import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../../lib/manifests/json.ts';
import { applyJsonPatch } from '../../../../lib/manifests/patch/json-patch.ts';
import { pointerText } from '../../../../lib/manifests/patch/json-pointer.ts';
import { BadPatchError, PatchRefusedError } from '../../../../lib/manifests/patch/patch-error.ts';

/** Names that patches stumble over: escapes of pointers, indexes, and words that are special to JavaScript. */
const names = fc.oneof(fc.constantFrom('a', 'b', 'a/b', 'm~n', '', '0', '-', '__proto__', 'toString'), fc.string({ maxLength: 4 }));

const { document } = fc.letrec<{ document: Json; map: JsonObject }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json[]>(null, true, 0, 1.5, '', 'x'),
    fc.array(tie('document'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc
    .uniqueArray(fc.tuple(names, tie('document')), { maxLength: 5, selector: ([name]) => name })
    .map((entries): JsonObject => Object.fromEntries(entries)),
}));

/** Any JSON document. */
export const documents: fc.Arbitrary<Json> = document;

/** A JSON document in which nothing is null, which merge patches cannot say. */
export const documentsWithoutNull: fc.Arbitrary<Json> = documents.filter((value) => !JSON.stringify(value).includes('null'));

/** An operation of a JSON patch, by choices among what is there when it comes to it. */
export interface Step {
  readonly op: 'move' | 'copy' | 'remove' | 'add' | 'replace';
  readonly from: number;
  readonly to: number;
  /** Behind the place that is there, for what puts something new. */
  readonly behind: string;
}

export const steps: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom('move', 'move', 'copy', 'remove', 'add', 'replace'),
  from: fc.nat(),
  to: fc.nat(),
  behind: fc.constantFrom('', '/z', '/-', '/0', '/1'),
});

/** The steps as a JSON patch that fits the document; those that do not fit are left out. */
export function operationsOn(document: Json, choices: readonly Step[]): Json[] {
  let current = document;
  const operations: Json[] = [];
  for (const { op, from, to, behind } of choices) {
    const places = placesIn(current, []);
    const [source = '', target = ''] = [places[from % places.length], places[to % places.length]];
    const path = op === 'remove' || op === 'replace' ? target : target + behind;
    const operation: Json = { op, path, ...(op === 'move' || op === 'copy' ? { from: source } : { value: { q: [1] } }) };
    try {
      current = applyJsonPatch(current, [operation]);
      operations.push(operation);
    } catch (error) {
      if (!(error instanceof PatchRefusedError || error instanceof BadPatchError)) throw error;
    }
  }
  return operations;
}

function placesIn(value: Json, path: readonly string[]): readonly string[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [pointerText(path), ...inner.flatMap(([step, child]) => (child === undefined ? [] : placesIn(child, [...path, step])))];
}
