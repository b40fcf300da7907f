import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listReader } from '../../../lib/kubernetes/list-reader.ts';

function read(body: Buffer, cuts: readonly number[], limit = 1_000_000): { items: unknown[]; around: unknown } {
  const items: unknown[] = [];
  const reader = listReader(limit, (item) => items.push(item));
  const edges = [0, ...cuts.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length];
  for (let i = 1; i < edges.length; i++) reader.write(body.subarray(edges[i - 1], edges[i]));
  return { items, around: reader.end() };
}

describe('listReader', () => {
  it('finds what JSON.parse finds, wherever the chunks are cut', () => {
    const tricky = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'é', '🌙', 'items', 'a') });
    const item = fc.dictionary(tricky, fc.oneof(fc.jsonValue({ maxDepth: 3 }), tricky));
    const list = fc.record({
      kind: fc.constant('List'),
      metadata: fc.dictionary(fc.string(), fc.jsonValue()),
      items: fc.array(item),
      apiVersion: fc.string(),
    });
    fc.assert(
      fc.property(list, fc.array(fc.nat(), { maxLength: 12 }), fc.constantFrom(undefined, 1, '\t'), (value, cuts, indent) => {
        const expected = JSON.parse(JSON.stringify(value)) as { items: unknown[] };

        const { items, around } = read(Buffer.from(JSON.stringify(value, null, indent)), cuts);

        expect(items).toEqual(expected.items);
        expect(around).toEqual({ ...expected, items: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('takes only the items of the list itself for items', () => {
    const body = {
      metadata: { items: [{ a: 1 }] },
      kind: 'items',
      items: [{ items: [{ b: '"items":[{' }] }],
      itemsOfAnotherKind: [{ c: 1 }],
    };

    const { items, around } = read(Buffer.from(JSON.stringify(body)), [3, 20, 40]);

    expect(items).toEqual([{ items: [{ b: '"items":[{' }] }]);
    expect(around).toEqual({ ...body, items: [] });
  });

  it.each(['{"items":null}', '{"items":[]}', '{"items":[ ],"metadata":{}}', '{}'])('finds no items in %s', (body) => {
    expect(read(Buffer.from(body), [5])).toEqual({ items: [], around: JSON.parse(body) as unknown });
  });

  it.each(['<html>', '{"items":[{"a":1}', '{"items":[{"a":}]}', ''])('refuses %j as not JSON', (body) => {
    expect(() => read(Buffer.from(body), [])).toThrow(SyntaxError);
  });

  it('holds no more than one item at a time', () => {
    const items = Array.from({ length: 100 }, (_, i) => ({ i, padding: 'x'.repeat(900) }));

    expect(read(Buffer.from(JSON.stringify({ items })), [1000, 5000, 9000], 12_000).items).toHaveLength(100);
    expect(() => read(Buffer.from(JSON.stringify({ items })), [], 900)).toThrow('more than 900 bytes');
  });
});
