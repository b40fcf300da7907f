import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../sandbox/kubernetes/json.ts';
import { applyMergePatch } from '../../../../../sandbox/kubernetes/patches/merge-patch.ts';

/** The test cases of RFC 7386, appendix A. */
const PUBLISHED: ReadonlyArray<readonly [original: Json, patch: Json, result: Json]> = [
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

describe('a merge patch', () => {
  it.each(PUBLISHED)('turns %j by %j into %j', (original, patch, result) => {
    const before = JSON.stringify([original, patch]);

    expect(applyMergePatch(original, patch)).toEqual(result);
    expect(JSON.stringify([original, patch])).toBe(before);
  });

  it('treats __proto__ as a field like any other', () => {
    const patch: Json = JSON.parse('{"annotations":{"__proto__":"x"}}');

    const result = applyMergePatch({ annotations: {} }, patch);

    expect(JSON.stringify(result)).toBe('{"annotations":{"__proto__":"x"}}');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
