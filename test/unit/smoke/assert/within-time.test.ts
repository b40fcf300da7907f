import { describe, expect, it } from 'vitest';
import { withinTime } from '../../../../lib/smoke/assert/within-time.ts';

describe('work that has its time', () => {
  it('gives its value', () => {
    expect(withinTime(() => ({ a: 1 }), 1_000)).toEqual({ ok: true, value: { a: 1 } });
  });

  it('throws what it throws', () => {
    const thrown = new TypeError('mine');

    expect(() =>
      withinTime(() => {
        throw thrown;
      }, 1_000),
    ).toThrow(thrown);
  });
});

describe('work that never ends', () => {
  it.each([
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    ['a regular expression that backtracks', () => /^(a+)+$/.test(`${'a'.repeat(60)}b`)],
  ])('is ended: %s', (_, work) => {
    expect(withinTime<unknown>(work, 20)).toEqual({ ok: false });
    expect(withinTime(() => 'the next one', 1_000)).toEqual({ ok: true, value: 'the next one' });
  });
});
