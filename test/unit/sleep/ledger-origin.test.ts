import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../../lib/platform/errors.ts';
import { checkOrigin } from '../../../lib/sleep/ledger-origin.ts';

describe('a ledger', () => {
  const run = { cluster: 'default', recreated: false };
  const of = (...clusterUids: string[]) => ({ clusterUids, unnamed: false });

  test('of this very cluster is used without a word', () => {
    expect(checkOrigin(of('a'), 'a', run)).toEqual([]);
  });

  test.each([[['b']], [['a', 'b']]])('written on %j is refused on a, with both named', (uids) => {
    expect(() => checkOrigin(of(...uids), 'a', run)).toThrow(RefusedError);
    expect(() => checkOrigin(of(...uids), 'a', run)).toThrow(/another cluster that was called default too \(b, and this one is a\)/);
  });

  test('of another cluster is used when a person says that it is the same one built anew, with a warning', () => {
    expect(checkOrigin(of('b'), 'a', { ...run, recreated: true })).toEqual([expect.stringContaining('another cluster of this name')]);
  });

  test.each([
    ['the ledger does not say', { clusterUids: [], unnamed: true }, 'a', /ledger does not say/],
    ['some of it does not say', { clusterUids: ['a'], unnamed: true }, 'a', /ledger does not say/],
    ['the cluster does not say', of('a'), undefined, /allow get on namespace kube-system/],
  ])('is used with a warning when %s', (_, origin, live, warning) => {
    expect(checkOrigin(origin, live, run)).toEqual([expect.stringMatching(warning)]);
  });
});
