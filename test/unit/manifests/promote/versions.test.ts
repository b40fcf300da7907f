import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDowngrade } from '../../../../lib/manifests/promote/versions.ts';

/** In the order of semver's own examples, and beyond. */
const ascending = [
  '0.9.0',
  'v1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.1',
  '1.2.3',
  '1.10.0',
  'v2',
  '18.4.1',
];

describe('isDowngrade', () => {
  it('follows the order of semver, whatever is written in front of it', () => {
    for (const [low, from] of ascending.entries()) {
      for (const [high, to] of ascending.entries()) expect(`${from} ${to} ${isDowngrade(from, to)}`).toBe(`${from} ${to} ${high < low}`);
    }
  });

  it.each([
    ['1.0.0', '1.0.0+build.7'],
    ['v1.2.0', '1.2'],
    ['release-9', 'release-8'],
    ['9f1c2ab', '1234567'],
    ['99999999', '11111111'],
    ['main', '1.0.0'],
    ['2.0.0', 'latest'],
    ['~2.1', '~2.0'],
    ['', '1.0.0'],
  ])('cannot tell that %s to %s is one', (from, to) => {
    expect(isDowngrade(from, to)).toBe(false);
  });

  it.each([
    ['20260102', '20251231'],
    ['42', '41'],
  ])('takes dates and build numbers for versions: %s to %s', (from, to) => {
    expect(isDowngrade(from, to)).toBe(true);
  });

  it('never calls both ways down', () => {
    const version = fc
      .tuple(fc.nat(20), fc.nat(20), fc.option(fc.constantFrom('rc.1', 'rc.2', 'alpha', '7')))
      .map(([a, b, pre]) => `${a}.${b}.0${pre === null ? '' : `-${pre}`}`);
    void fc.assert(fc.property(version, version, (a, b) => !(isDowngrade(a, b) && isDowngrade(b, a))));
  });
});
