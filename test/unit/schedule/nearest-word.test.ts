import { describe, expect, it } from 'vitest';
import { nearestWord } from '../../../lib/schedule/nearest-word.ts';

describe('the nearest word', () => {
  it.each([
    ['uptme', ['uptime', 'downtime'], 'uptime'],
    ['UPTIME', ['uptime', 'downtime'], 'uptime'],
    ['dve', ['dev', 'test'], 'dev'],
    ['chnages', ['none', 'problems', 'changes'], 'changes'],
    ['prod', ['dev', 'test'], undefined],
    ['', ['a'], undefined],
    ['dev', [], undefined],
    ['x'.repeat(41), ['x'.repeat(40)], undefined],
  ])('to %s of %j is %s', (text, words, nearest) => {
    expect(nearestWord(text, words)).toBe(nearest);
  });

  it('is the first of those that are as near', () => {
    expect(nearestWord('team-c', ['team-a', 'team-b'])).toBe('team-a');
  });

  it('may be told by another measure', () => {
    expect(nearestWord('b', ['xa', 'xb'], (text, word) => (word.endsWith(text) ? 0 : 1))).toBe('xb');
  });
});
