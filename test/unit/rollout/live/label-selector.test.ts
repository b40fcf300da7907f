import { describe, expect, it } from 'vitest';
import { selectorText, selects } from '../../../../lib/rollout/live/label-selector.ts';

describe('a selector as a list request takes it', () => {
  it.each([
    [{ matchLabels: { app: 'web', tier: 'front' } }, 'app=web,tier=front'],
    [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] }, 'app in (a,b)'],
    [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['a'] }] }, 'app notin (a)'],
    [
      {
        matchLabels: { a: 'b' },
        matchExpressions: [
          { key: 'x', operator: 'Exists' },
          { key: 'y', operator: 'DoesNotExist' },
        ],
      },
      'a=b,x,!y',
    ],
  ])('%j', (selector, text) => {
    expect(selectorText(selector)).toBe(text);
  });

  it.each([
    {},
    undefined,
    { matchLabels: {} },
    { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'x', operator: 'Gt', values: ['1'] }] },
  ])('is none for %j: nothing would be asked for, or everything', (selector) => {
    expect(selectorText(selector)).toBeUndefined();
  });
});

it.each([
  [{ app: 'web' }, { app: 'web', tier: 'front' }, true],
  [{ app: 'web', tier: 'back' }, { app: 'web', tier: 'front' }, false],
  [{}, { app: 'web' }, false],
])('a Service that selects %j takes a pod of %j: %s', (selector, labels, taken) => {
  expect(selects(selector, labels)).toBe(taken);
});
