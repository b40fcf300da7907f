import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thousandthsOf, unitsOf } from '../../../lib/sleep/quantity.ts';

const MI = 1_048_576;

const DECIMAL = { '': 0n, k: 3n, M: 6n, G: 9n, T: 12n, P: 15n, E: 18n } as const;
const BINARY = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n } as const;

describe('a quantity', () => {
  it.each([
    ['128974848', 128_974_848],
    ['129M', 129_000_000],
    ['129e6', 129_000_000],
    ['1E3', 1_000],
    ['1E', 1e18],
    ['12e-1', 2],
    ['123Mi', 123 * MI],
    ['1.5Gi', 1_536 * MI],
    ['.5Ki', 512],
    ['5.', 5],
    ['+3k', 3_000],
    ['128974848000m', 128_974_848],
    ['1m', 1],
    ['100n', 1],
    ['0', 0],
    [7, 7],
    [1e21, 1e21],
  ])('%s is %d units, rounded up', (text, units) => {
    expect(unitsOf(text)).toBe(units);
  });

  it.each([
    ['250m', 250],
    ['1', 1_000],
    ['0.1', 100],
    ['1.005', 1_005],
    ['0.29', 290],
    ['1500u', 2],
    ['2e-1', 200],
    ['2k', 2_000_000],
    [0.5, 500],
  ])('%s is %d thousandths, rounded up', (text, thousandths) => {
    expect(thousandthsOf(text)).toBe(thousandths);
  });

  it.each([
    '',
    ' 1',
    '1 Gi',
    'Gi',
    '1gi',
    '1ki',
    '1K',
    '1mi',
    '-1',
    '1.2.3',
    '1e',
    '1e1.5',
    '1eGi',
    '0x10',
    'NaN',
    '1e999',
    '٣',
    null,
    undefined,
    true,
    {},
    ['1'],
  ])('is not %j', (text) => {
    expect(unitsOf(text)).toBeUndefined();
    expect(thousandthsOf(text)).toBeUndefined();
  });

  it('is exact in every unit, as whole numbers are', () => {
    const suffixes = fc.constantFrom(...(Object.keys(DECIMAL) as (keyof typeof DECIMAL)[]));
    fc.assert(
      fc.property(fc.nat(1_000_000), suffixes, (count, suffix) => {
        const expected = Number(BigInt(count) * 10n ** DECIMAL[suffix]);

        expect(unitsOf(`${count}${suffix}`)).toBe(expected);
        expect(unitsOf(`${count}e${DECIMAL[suffix]}`)).toBe(expected);
        expect(thousandthsOf(`${count}${suffix}`)).toBe(Number(BigInt(count) * 10n ** (DECIMAL[suffix] + 3n)));
      }),
    );
  });

  it('counts binary suffixes by 1024', () => {
    const suffixes = fc.constantFrom(...(Object.keys(BINARY) as (keyof typeof BINARY)[]));
    fc.assert(
      fc.property(fc.nat(1_000_000), suffixes, (count, suffix) => {
        expect(unitsOf(`${count}${suffix}`)).toBe(Number(BigInt(count) << BINARY[suffix]));
      }),
    );
  });

  it('of thousandths says the same as the whole or the fraction that it is', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (milli) => {
        const fraction = `${Math.floor(milli / 1_000)}.${String(milli % 1_000).padStart(3, '0')}`;

        expect(thousandthsOf(`${milli}m`)).toBe(milli);
        expect(thousandthsOf(fraction)).toBe(milli);
        expect(unitsOf(`${milli}m`)).toBe(Math.ceil(milli / 1_000));
      }),
    );
  });

  it('is a whole number that is not negative, or is not readable, whatever it is given', () => {
    const like = fc.stringMatching(/^[+-]?[0-9]{0,4}\.?[0-9]{0,4}([KMGTPEkmnu]i?|[eE][+-]?[0-9]{0,4})?$/);
    let readable = 0;
    fc.assert(
      fc.property(fc.oneof(like, fc.string(), fc.anything()), (value) => {
        for (const amount of [unitsOf(value), thousandthsOf(value)]) {
          if (amount === undefined) continue;
          readable += 1;
          expect(Number.isInteger(amount) && amount >= 0).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );

    expect(readable).toBeGreaterThan(100);
  });
});
