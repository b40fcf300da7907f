import { describe, expect, it } from 'vitest';
import { GatheredBytes } from '../../../../lib/smoke/probes/gathered-bytes.ts';

describe('GatheredBytes', () => {
  it.each([[[]], [['one']], [['', 'one', '', 'two']], [['a'.repeat(20_000), 'b', 'c'.repeat(70_000)]]])(
    'is what its pieces are together (%#)',
    (pieces) => {
      const bytes = new GatheredBytes();

      for (const piece of pieces) bytes.add(Buffer.from(piece));

      expect(bytes.all().toString()).toBe(pieces.join(''));
      expect(bytes.size).toBe(pieces.join('').length);
    },
  );

  it('leaves alone what it was given, and what it has told', () => {
    const first = Buffer.from('firstXXX').subarray(0, 5);
    const bytes = new GatheredBytes();
    bytes.add(first);
    const told = bytes.all();

    bytes.add(Buffer.from('second'));

    expect(first.buffer).not.toBe(bytes.all().buffer);
    expect([told.toString(), bytes.all().toString()]).toEqual(['first', 'firstsecond']);
  });

  it('keeps pieces of a byte each in little more memory than they are long', () => {
    const bytes = new GatheredBytes();

    for (let n = 0; n < 200_000; n++) bytes.add(Buffer.from([n]));

    expect(bytes.all().buffer.byteLength).toBeLessThanOrEqual(400_000);
    expect(bytes.all().subarray(254, 258)).toEqual(Buffer.from([254, 255, 0, 1]));
  });
});
