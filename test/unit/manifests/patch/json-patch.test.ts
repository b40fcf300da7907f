import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equal, isJsonObject, type Json } from '../../../../lib/manifests/json.ts';
import { applyJsonPatch } from '../../../../lib/manifests/patch/json-patch.ts';
import { pointerText } from '../../../../lib/manifests/patch/json-pointer.ts';
import { BadPatchError, PatchRefusedError } from '../../../../lib/manifests/patch/patch-error.ts';
import { documents } from './generated.ts';

/** A case of the official suite, npm `json-patch-test-suite` (Apache-2.0). */
interface OfficialCase {
  readonly comment?: string;
  readonly doc: Json;
  readonly patch: Json;
  readonly expected?: Json;
  readonly error?: string;
  readonly disabled?: boolean;
}

const require = createRequire(import.meta.url);
const official = ['tests.json', 'spec_tests.json'].flatMap((file) =>
  (require(`json-patch-test-suite/${file}`) as readonly OfficialCase[]).map((one, index) => ({ name: `${file} ${index}`, ...one })),
);
/** Left out: an object with the same key twice, which no JSON parser here can tell; the other disabled cases hold. */
const enabled = official.filter(({ disabled, error }) => !(disabled && error !== undefined));
const good = enabled.filter(({ error }) => error === undefined);
const bad = enabled.filter(({ error }) => error !== undefined);

describe('the official suite of JSON Patch', () => {
  it('is there in full', () => {
    expect(official.length).toBe(78 + 17);
    expect([good.length, bad.length]).toEqual([70, 23]);
  });

  it.each(good)('passes: $name $comment', ({ doc, patch, expected }) => {
    const before = JSON.stringify([doc, patch]);

    const result = applyJsonPatch(doc, patch);

    // Some cases only say that the patch is good.
    if (expected !== undefined) expect(result).toEqual(expected);
    expect(JSON.stringify([doc, patch])).toBe(before);
  });

  it.each(bad)('refuses: $name $comment $error', ({ doc, patch }) => {
    const before = JSON.stringify(doc);
    const refusal = errorOf(() => applyJsonPatch(doc, patch));

    expect(refusal instanceof BadPatchError || refusal instanceof PatchRefusedError).toBe(true);
    expect(JSON.stringify(doc)).toBe(before);
  });
});

const malformed: readonly (readonly [name: string, patch: Json])[] = [
  ['a patch that is no list', { op: 'add' }],
  ['an operation that is no object', ['add']],
  ['an unknown operation', [{ op: 'merge', path: '/a' }]],
  ['an add without a value', [{ op: 'add', path: '/a' }]],
  ['a pointer without a slash', [{ op: 'remove', path: 'a' }]],
  ['a pointer with a bare tilde', [{ op: 'remove', path: '/a~2' }]],
  ['a value moving into itself', [{ op: 'move', from: '/a', path: '/a/b' }]],
  ['a move from nowhere', [{ op: 'move', path: '/a' }]],
];

const unfit: readonly (readonly [name: string, operation: Json, why: string])[] = [
  ['removing what is not there', { op: 'remove', path: '/x/y' }, 'operation 0 (remove /x/y) does not fit: there is nothing at /x'],
  ['replacing what is not there', { op: 'replace', path: '/x', value: 1 }, 'there is nothing at /x'],
  ['an index beyond the end', { op: 'add', path: '/list/3', value: 'b' }, '"3" is no index of the list, which has 2 items'],
  ['an index with a leading zero', { op: 'remove', path: '/list/01' }, '"01" is no index of the list'],
  ['an index of two zeros', { op: 'test', path: '/list/00', value: 'x' }, '"00" is no index of the list'],
  ['a number that is written otherwise', { op: 'test', path: '/list/1e0', value: 'y' }, '"1e0" is no index of the list'],
  ['an index of an item that is gone', { op: 'remove', path: '/list/2' }, '"2" is no index of the list'],
  ['an end that is not to be added at', { op: 'replace', path: '/list/-', value: 'z' }, '"-" is no index of the list'],
  ['a path in other letters', { op: 'test', path: '/A', value: 1 }, 'there is nothing at /A'],
  ['a copy of nothing', { op: 'copy', from: '/x', path: '/y' }, 'there is nothing at /x'],
  ['a move of nothing', { op: 'move', from: '/x', path: '/y' }, 'there is nothing at /x'],
  ['a negative index', { op: 'remove', path: '/list/-1' }, '"-1" is no index of the list'],
  ['a member of a scalar', { op: 'add', path: '/a/b', value: 1 }, '/a is neither a list nor a map'],
  ['a test of another value', { op: 'test', path: '/a', value: '1' }, 'operation 0 (test /a) does not fit: the value is another'],
  ['a field that JavaScript lends', { op: 'test', path: '/constructor', value: null }, 'there is nothing at /constructor'],
];

describe('a JSON patch', () => {
  it.each(malformed)('is bad as such: %s', (_name, patch) => {
    expect(() => applyJsonPatch({ a: 1 }, patch)).toThrow(BadPatchError);
  });

  it.each(unfit)('does not fit a document: %s', (_name, operation, why) => {
    const refusal = errorOf(() => applyJsonPatch({ a: 1, list: ['x', 'y'] }, [operation]));

    expect(refusal).toBeInstanceOf(PatchRefusedError);
    expect(String(refusal)).toContain(why);
  });

  it('unescapes the slashes that annotation names are full of', () => {
    const patch: Json = [{ op: 'add', path: '/annotations/downscaler~1uptime', value: 'always' }];

    expect(applyJsonPatch({ annotations: {} }, patch)).toEqual({ annotations: { 'downscaler/uptime': 'always' } });
  });

  it('applies all operations or none', () => {
    const document = { list: [1] };
    const patch: Json = [
      { op: 'add', path: '/list/-', value: 2 },
      { op: 'test', path: '/list/0', value: 9 },
    ];

    expect(() => applyJsonPatch(document, patch)).toThrow('operation 1 (test /list/0)');
    expect(document).toEqual({ list: [1] });
  });

  it('that adds what a remove took, at the same place, gives the document back', () => {
    void fc.assert(
      fc.property(documents, fc.nat(), (document, choice) => {
        const paths = pathsOf(document).filter(({ length }) => length > 0);
        const path = paths[choice % paths.length];
        if (!path) return;
        const value = valueAt(document, path);
        const pointer = pointerText(path);
        const patch: Json = [
          { op: 'test', path: pointer, value },
          { op: 'remove', path: pointer },
          { op: 'add', path: pointer, value },
        ];

        expect(equal(applyJsonPatch(document, patch), document)).toBe(true);
      }),
    );
  });
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function pathsOf(value: Json, path: readonly string[] = []): (readonly string[])[] {
  const children = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return [path, ...children.flatMap(([step, child]) => pathsOf(child as Json, [...path, String(step)]))];
}

function valueAt(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((current, step) => (current as Record<string, Json>)[step]!, value);
}
