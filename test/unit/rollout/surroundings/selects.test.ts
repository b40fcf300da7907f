import { describe, expect, it } from 'vitest';
import { selects } from '../../../../lib/rollout/surroundings/selects.ts';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, values?: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

describe('a label selector', () => {
  it.each([
    [{ matchLabels: { app: 'web' } }],
    [{ matchLabels: { app: 'web', tier: 'front' } }],
    [expression('app', 'In', ['api', 'web'])],
    [expression('app', 'NotIn', ['api'])],
    [expression('zone', 'NotIn', ['a'])],
    [expression('app', 'Exists')],
    [expression('zone', 'DoesNotExist')],
    [{ matchLabels: { app: 'web' }, ...expression('tier', 'Exists') }],
  ])('takes app=web,tier=front by %j', (selector) => {
    expect(selects(selector, labels)).toBe(true);
  });

  it.each([
    [{ matchLabels: { app: 'api' } }],
    [{ matchLabels: { app: 'web', zone: 'a' } }],
    [expression('app', 'In', ['api'])],
    [expression('zone', 'In', ['a'])],
    [expression('app', 'NotIn', ['web'])],
    [expression('zone', 'Exists')],
    [expression('app', 'DoesNotExist')],
    [expression('app', 'Gt', ['1'])],
    [{ matchLabels: { app: 'web' }, ...expression('zone', 'Exists') }],
    [{ matchExpressions: ['x'] }],
    [{ matchExpressions: [{ operator: 'Exists' }] }],
    [{ matchExpressions: 'x' }],
    [{ matchLabels: 'x' }],
    [{}],
    [null],
    [undefined],
  ])('does not by %j', (selector) => {
    expect(selects(selector, labels)).toBe(false);
  });
});
