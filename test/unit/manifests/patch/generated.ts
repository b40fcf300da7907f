import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../../../lib/manifests/json.ts';

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
