import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../sandbox/kubernetes/json.ts';
import { applyJsonPatch, JsonPatchError } from '../../../../../sandbox/kubernetes/patches/json-patch.ts';

/** The examples of RFC 6902, appendix A, by their numbers. */
const PUBLISHED: ReadonlyArray<readonly [name: string, document: Json, patch: Json, result: Json]> = [
  ['A.1 adding an object member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
  ['A.2 adding an array element', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
  ['A.3 removing an object member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  ['A.4 removing an array element', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
  ['A.5 replacing a value', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
  [
    'A.6 moving a value',
    { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
    [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
    { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
  ],
  [
    'A.7 moving an array element',
    { foo: ['all', 'grass', 'cows', 'eat'] },
    [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    { foo: ['all', 'cows', 'eat', 'grass'] },
  ],
  [
    'A.8 testing a value: success',
    { baz: 'qux', foo: ['a', 2, 'c'] },
    [
      { op: 'test', path: '/baz', value: 'qux' },
      { op: 'test', path: '/foo/1', value: 2 },
    ],
    { baz: 'qux', foo: ['a', 2, 'c'] },
  ],
  [
    'A.10 adding a nested member object',
    { foo: 'bar' },
    [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    { foo: 'bar', child: { grandchild: {} } },
  ],
  [
    'A.11 ignoring unrecognised elements',
    { foo: 'bar' },
    [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }],
    { foo: 'bar', baz: 'qux' },
  ],
  ['A.14 escape ordering', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
  [
    'A.16 adding an array value',
    { foo: ['bar'] },
    [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
    { foo: ['bar', ['abc', 'def']] },
  ],
];

const REFUSED: ReadonlyArray<readonly [name: string, document: Json, patch: Json]> = [
  ['A.9 testing a value: error', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }]],
  ['A.12 adding to a non-existent target', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }]],
  ['A.15 comparing strings and numbers', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }]],
  ['removing what is not there', { foo: 'bar' }, [{ op: 'remove', path: '/baz' }]],
  ['an index beyond the end', { foo: ['a'] }, [{ op: 'add', path: '/foo/2', value: 'b' }]],
  ['an index with a leading zero', { foo: ['a', 'b'] }, [{ op: 'remove', path: '/foo/01' }]],
  ['a value moving into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b' }]],
  ['an unknown operation', {}, [{ op: 'merge', path: '/a' }]],
  ['an add without a value', {}, [{ op: 'add', path: '/a' }]],
  ['a pointer without a slash', { a: 1 }, [{ op: 'remove', path: 'a' }]],
];

describe('a JSON patch', () => {
  it.each(PUBLISHED)('%s', (_name, document, patch, result) => {
    expect(applyJsonPatch(document, patch)).toEqual(result);
  });

  it.each(REFUSED)('refuses: %s', (_name, document, patch) => {
    const before = JSON.stringify(document);

    expect(() => applyJsonPatch(document, patch)).toThrow(JsonPatchError);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('unescapes the slashes that annotation names are full of', () => {
    const patch: Json = [{ op: 'add', path: '/annotations/downscaler~1uptime', value: 'always' }];

    expect(applyJsonPatch({ annotations: {} }, patch)).toEqual({ annotations: { 'downscaler/uptime': 'always' } });
  });

  it('can replace the whole document', () => {
    expect(applyJsonPatch({ a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }])).toEqual({ b: 2 });
  });
});
