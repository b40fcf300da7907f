import { describe, expect, it } from 'vitest';
import { permittedAddresses } from '../../../../lib/smoke/gate/permitted-addresses.ts';

describe('the addresses that a suite may name', () => {
  it.each([
    [['127.0.0.1'], ['127.0.0.0/8']],
    [
      ['127.0.0.0/16', '::1'],
      ['127.0.0.0/8', '::1'],
    ],
    [[], []],
  ])('are %j where the configuration permits %j', (asked, permitted) => {
    expect(permittedAddresses(asked, permitted)).toEqual(asked);
  });

  it.each([
    [['127.0.0.1'], []],
    [['127.0.0.0/8'], ['127.0.0.1']],
    [['169.254.169.254'], ['127.0.0.0/8', '10.0.0.0/8']],
    [['::1'], ['0.0.0.0/0']],
    [['0.0.0.0/0'], ['127.0.0.0/8']],
  ])('are not %j where it permits %j', (asked, permitted) => {
    expect(() => permittedAddresses(asked, permitted)).toThrow(`does not permit: ${asked.join(', ')}`);
  });
});
