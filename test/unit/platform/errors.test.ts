import { describe, expect, it } from 'vitest';
import { BadInputError, DeadlineError, messageOf, NightshiftError, RefusedError } from '../../../lib/platform/errors.ts';

describe('typed errors', () => {
  it.each([
    [BadInputError, 'BadInputError', 'bad_input', false],
    [RefusedError, 'RefusedError', 'refused', false],
    [DeadlineError, 'DeadlineError', 'deadline', true],
  ] as const)('%o carries its name, code, cause and hint', (Type, name, code, retryable) => {
    const cause = new Error('below');
    const error = new Type('x failed: y', { cause, hint: 'do z' });

    expect(error).toBeInstanceOf(NightshiftError);
    expect(error).toMatchObject({ name, code, retryable, message: 'x failed: y', hint: 'do z' });
    expect(error.cause).toBe(cause);
  });

  it('has no cause at all when there is none', () => {
    expect('cause' in new BadInputError('x failed: y')).toBe(false);
  });
});

describe('messageOf', () => {
  it.each([
    [new Error('boom'), 'boom'],
    ['text', 'text'],
    [undefined, 'undefined'],
    [{ a: 1 }, '[object Object]'],
  ])('makes one line of %o', (thrown, line) => {
    expect(messageOf(thrown)).toBe(line);
  });
});
