import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equal, isJsonObject, type Json, type JsonObject } from '../../../../lib/manifests/json.ts';
import { applyMergePatch } from '../../../../lib/manifests/patch/merge-patch.ts';
import { documents, documentsWithoutNull } from './generated.ts';

/** The test cases of RFC 7386, appendix A. */
const published: ReadonlyArray<readonly [original: Json, patch: Json, result: Json]> = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

/** What the changes of a configuration come to, in the manner of apimachinery's jsonmergepatch suite. */
const configurations: ReadonlyArray<readonly [name: string, original: Json, patch: Json, result: Json]> = [
  ['nothing changes nothing', { name: 1, value: 1 }, {}, { name: 1, value: 1 }],
  ['a field is added to an empty map', {}, { name: 1 }, { name: 1 }],
  ['a null for what is not there does nothing', { name: 1 }, { other: null }, { name: 1 }],
  ['a map takes the place of a scalar', { value: 1 }, { value: { deep: { name: 2 } } }, { value: { deep: { name: 2 } } }],
  ['a scalar takes the place of a map', { value: { name: 1 } }, { value: 2 }, { value: 2 }],
  ['a list of maps is replaced, not merged', { list: [{ name: 1, value: 1 }] }, { list: [{ name: 2 }] }, { list: [{ name: 2 }] }],
  ['a list becomes empty', { list: [1, 2] }, { list: [] }, { list: [] }],
  ['an empty map empties nothing', { map: { name: 1 } }, { map: {} }, { map: { name: 1 } }],
  ['a null takes a list away', { list: [1, 2], name: 1 }, { list: null }, { name: 1 }],
];

describe('a merge patch', () => {
  it.each(published)('turns %j by %j into %j', (original, patch, result) => {
    const before = JSON.stringify([original, patch]);

    expect(applyMergePatch(original, patch)).toEqual(result);
    expect(JSON.stringify([original, patch])).toBe(before);
  });

  it.each(configurations)('%s', (_name, original, patch, result) => {
    expect(applyMergePatch(original, patch)).toEqual(result);
  });

  it('treats __proto__ as a field like any other', () => {
    const patch: Json = JSON.parse('{"annotations":{"__proto__":"x"}}');

    const result = applyMergePatch({ annotations: {} }, patch);

    expect(JSON.stringify(result)).toBe('{"annotations":{"__proto__":"x"}}');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('changes nothing when it is applied again', () => {
    void fc.assert(
      fc.property(documents, documents, (document, patch) => {
        const once = applyMergePatch(document, patch);

        expect(equal(applyMergePatch(once, patch), once)).toBe(true);
      }),
    );
  });

  it('made of the difference of two documents turns the one into the other', () => {
    void fc.assert(
      fc.property(documentsWithoutNull, documentsWithoutNull, (from, to) => {
        expect(equal(applyMergePatch(from, difference(from, to)), to)).toBe(true);
      }),
    );
  });
});

/** The merge patch between two documents without nulls. */
function difference(from: Json, to: Json): Json {
  if (!isJsonObject(from) || !isJsonObject(to)) return to;
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const changed = Object.entries(to).map(([key, value]) => [key, Object.hasOwn(from, key) ? difference(from[key]!, value!) : value]);
  return Object.fromEntries([...gone.map((key) => [key, null]), ...changed]) as JsonObject;
}
