import { describe, expect, it } from 'vitest';
import { InterruptedError, TimeSpecError, UsageError } from '../../../bin/errors.ts';
import { failureOf, traceOf } from '../../../bin/failure.ts';
import { BadInputError, DeadlineError, RefusedError } from '../../../lib/platform/errors.ts';
import { runCli } from './run-cli.ts';

describe('exit codes of errors', () => {
  it.each([
    [new BadInputError('x'), 2, 'bad_input'],
    [new UsageError('x'), 2, 'usage'],
    [new TimeSpecError('incomplete', 'x'), 2, 'incomplete_spec'],
    [new RefusedError('x'), 3, 'refused'],
    [new DeadlineError('x'), 1, 'deadline'],
    [new InterruptedError('x'), 1, 'interrupted'],
    [new TypeError('x'), 1, 'unexpected'],
    ['x', 1, 'unexpected'],
  ])('%s', (error, exitCode, code) => {
    expect(failureOf(error)).toMatchObject({ exitCode, code, message: 'x' });
  });

  it('has no hint where the error has none', () => {
    expect(failureOf(new BadInputError('x'))).toEqual({ exitCode: 2, code: 'bad_input', message: 'x' });
  });

  it('lets no credential out of an error that is not ours', () => {
    const error = new Error('GET failed with authorization: Bearer abcdef.123456');

    expect(failureOf(error).message).not.toContain('abcdef');
    expect(traceOf(error)).not.toContain('abcdef');
    expect(traceOf(error)).toContain('failure.test.ts');
  });

  it('shows where an unexpected error happened only with --verbose', async () => {
    const broken = {
      get DEFAULT_TIMEZONE(): string {
        throw new TypeError('the environment is broken');
      },
    };

    const quiet = await runCli(['schedule', 'test', 'always'], { env: broken });
    const verbose = await runCli(['schedule', 'test', 'always', '--verbose'], { env: broken });

    expect(quiet.exitCode).toBe(1);
    expect(quiet.stderr).toMatch(/^error: the environment is broken\nhint: run again with --verbose/);
    expect(verbose.stderr).toContain('spec-options.ts');
  });
});
