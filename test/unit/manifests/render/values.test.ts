import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equal, isJsonObject, type JsonObject, type ValueMap } from '../../../../lib/manifests/json.ts';
import { layerValues, withoutDeleted } from '../../../../lib/manifests/render/layer-values.ts';
import { readLayer } from '../../../../lib/manifests/render/read-layer.ts';
import { setValue } from '../../../../lib/manifests/render/set-value.ts';
import { BadInputError } from '../../../../lib/platform/errors.ts';
import { documents } from '../patch/generated.ts';

/** The layers one over the other, as they come out. */
function layered(...layers: readonly ValueMap[]): ValueMap {
  return withoutDeleted(layers.reduce(layerValues, {}));
}

describe('layered values', () => {
  it.each<readonly [what: string, layers: readonly ValueMap[], result: ValueMap]>([
    ['later ones win', [{ a: 1 }, { a: 2 }], { a: 2 }],
    ['maps merge', [{ a: { b: 1, c: 1 } }, { a: { c: 2, d: 2 } }], { a: { b: 1, c: 2, d: 2 } }],
    ['lists are replaced', [{ a: [1, 2, 3] }, { a: [4] }], { a: [4] }],
    [
      'null deletes',
      [
        { a: 1, b: { c: 1, d: 1 } },
        { a: null, b: { c: null } },
      ],
      { b: { d: 1 } },
    ],
    ['a deleted key can come again', [{ a: { b: 1 } }, { a: null }, { a: { c: 2 } }], { a: { c: 2 } }],
    ['a map takes the place of a value', [{ a: 1 }, { a: { b: 2 } }], { a: { b: 2 } }],
    ['a value takes the place of a map', [{ a: { b: 2 } }, { a: 1 }], { a: 1 }],
    ['integers keep their digits', [{ a: { b: 2n ** 70n } }, { a: { c: [2n ** 80n] } }], { a: { b: 2n ** 70n, c: [2n ** 80n] } }],
    ['a null in a list stays', [{ a: [null] }], { a: [null] }],
    [
      'false and 0 are values',
      [
        { a: true, b: 1 },
        { a: false, b: 0 },
      ],
      { a: false, b: 0 },
    ],
  ])('%s', (_what, layers, result) => {
    expect(layered(...layers)).toEqual(result);
  });

  const maps = documents.filter(isJsonObject);

  it('change neither layer, and laying one again changes nothing', () => {
    void fc.assert(
      fc.property(maps, maps, (below, above) => {
        const before = JSON.stringify([below, above]);
        const once = layerValues(below, above);

        expect(equal(layerValues(once, above), once)).toBe(true);
        expect(equal(layerValues(once, {}), once)).toBe(true);
        expect(equal(layerValues({}, below), below)).toBe(true);
        expect(JSON.stringify([below, above])).toBe(before);
      }),
    );
  });

  it('may be laid in groups, as long as what is a map in one is no other value in another', () => {
    /** `m`, `n` and what is in them are maps, the others never. */
    const leaf = documents.filter((value) => !isJsonObject(value));
    const { layer } = fc.letrec<{ layer: JsonObject }>((tie) => ({
      layer: fc.record({ a: leaf, b: leaf, m: tie('layer'), n: tie('layer') }, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>,
    }));
    void fc.assert(
      fc.property(layer, layer, layer, (a, b, c) => {
        expect(equal(layerValues(layerValues(a, b), c), layerValues(a, layerValues(b, c)))).toBe(true);
      }),
    );
  });
});

describe('a file of values', () => {
  it.each([
    ['a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n', { a: { b: 1 }, c: { b: 1, d: 2 } }],
    ['{"a": [1, null]}', { a: [1, null] }],
    ['', {}],
    ['# nothing\n', {}],
  ])('%j has its values', (text, values) => {
    expect(readLayer(text, 'v.yaml')).toEqual({ values, warnings: [] });
  });

  it('warns of numbers that come out otherwise than they are written', () => {
    expect(readLayer('a: 1.20\nb:\n- 0644\n- "1.20"\n- 7\n- 1.5\nc: 0.12345678901234567890\nd: 0x10\n', 'v.yaml').warnings).toEqual([
      'v.yaml, line 1: 1.20 is a number and comes out as 1.2; write "1.20" for the text',
      'v.yaml, line 3: 0644 is a number and comes out as 644; write "0644" for the text',
      'v.yaml, line 7: 0.12345678901234567890 is a number and comes out as 0.12345678901234568; write "0.12345678901234567890" for the text',
      'v.yaml, line 8: 0x10 is a number and comes out as 16; write "0x10" for the text',
    ]);
  });

  it.each([
    ['a: 12345678901234567890\n', { a: 12345678901234567890n }],
    ['a: -9007199254740993\n', { a: -9007199254740993n }],
    ['a: {b: [98765432109876543210, 9007199254740991]}\n', { a: { b: [98765432109876543210n, 9007199254740991] } }],
    ['{"a": 18446744073709551615}', { a: 18446744073709551615n }],
    ['a: &x 12345678901234567890\nb: *x\n', { a: 12345678901234567890n, b: 12345678901234567890n }],
  ])('%j keeps every digit of an integer', (text, values) => {
    expect(readLayer(text, 'v.yaml')).toEqual({ values, warnings: [] });
  });

  it.each([
    ['a: .inf\n', 'a number is infinite, too large, or none'],
    ['a: 1e400\n', 'a number is infinite, too large, or none'],
    ['a: &x [*x]\n', 'the values v.yaml cannot be used'],
    ['a: [', 'the values v.yaml, line 1 cannot be read'],
    ['a: 1\nb: 2\nb: 3\n', 'the values v.yaml, line 3 cannot be read: Map keys must be unique'],
    ['a: 1\n---\nb: 2\n', 'the values v.yaml cannot be used: they are several documents'],
    ['- a\n', 'the values v.yaml cannot be used: they are no map'],
    ['a: *x\n', 'the values v.yaml cannot be used'],
  ])('%j is refused', (text, message) => {
    expect(() => readLayer(text, 'v.yaml')).toThrow(BadInputError);
    expect(() => readLayer(text, 'v.yaml')).toThrow(message);
  });
});

describe('a value from the command line', () => {
  it.each<readonly [assignment: string, before: ValueMap, after: ValueMap]>([
    ['a=1', {}, { a: 1 }],
    ['a.b.c=x', { a: { d: 1 } }, { a: { d: 1, b: { c: 'x' } } }],
    ['a=null', { a: 1 }, { a: null }],
    ['a.b=1', { a: null }, { a: { b: 1 } }],
    ['a={"b":[1]}', {}, { a: { b: [1] } }],
    ['a[0]=x', { a: ['y', 'z'] }, { a: ['x', 'z'] }],
    ['a[2]=x', { a: ['y', 'z'] }, { a: ['y', 'z', 'x'] }],
    ['a.-1=x', { a: ['y'] }, { a: ['y', 'x'] }],
    ['a[1].b=x', { a: [1] }, { a: [1, { b: 'x' }] }],
    ['a["x.y"]=1', {}, { a: { 'x.y': 1 } }],
    ['/a/b=1', {}, { a: { b: 1 } }],
    ['a=', {}, { a: '' }],
    ['a=12345678901234567890', {}, { a: 12345678901234567890n }],
    ['b=1', { a: 12345678901234567890n }, { a: 12345678901234567890n, b: 1 }],
  ])('%s', (assignment, before, after) => {
    expect(setValue(before, assignment, { asString: false })).toEqual(after);
  });

  it('is a text when that is asked for', () => {
    expect(setValue({}, 'a=1.20', { asString: true })).toEqual({ a: '1.20' });
  });

  it.each(['a', 'a.b=1', 'l[5]=1', 'l.x=1', 'a[0]=1', '=1'])('is refused as %s', (assignment) => {
    expect(() => setValue({ a: 1, l: [1] }, assignment, { asString: false })).toThrow(BadInputError);
  });
});
