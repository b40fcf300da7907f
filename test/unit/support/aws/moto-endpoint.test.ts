import { afterEach, describe, expect, it, vi } from 'vitest';
import { MOTO_ENV, motoEndpoint } from '../../../support/aws/moto-endpoint.ts';

describe('motoEndpoint', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is where the variable says', () => {
    expect(motoEndpoint({ [MOTO_ENV]: 'http://127.0.0.1:5000' })).toBe('http://127.0.0.1:5000');
  });

  it('is missed aloud on a laptop', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

    expect(motoEndpoint({})).toBeUndefined();
    expect(write.mock.calls.join()).toContain(`SKIPPED: ${MOTO_ENV} is not set`);
  });

  it('is a failure in CI where it is missing', () => {
    expect(() => motoEndpoint({ CI: 'true' })).toThrow('CI must serve moto');
  });
});
