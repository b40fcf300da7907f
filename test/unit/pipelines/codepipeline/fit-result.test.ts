import { describe, expect, it } from 'vitest';
import { fitResult } from '../../../../lib/pipelines/codepipeline/fit-result.ts';
import type { JobFailed } from '../../../../lib/pipelines/codepipeline/job-result.ts';

const failed = (message: string, more: Partial<JobFailed> = {}): JobFailed => ({ kind: 'failed', type: 'JobFailed', message, ...more });
const messageOf = (message: string): string => (fitResult(failed(message)) as JobFailed).message;

describe('fitResult', () => {
  it.each(['', '   ', '\n'])('never sends an empty message (%j)', (message) => {
    expect(messageOf(message)).toBe('it failed, and no reason was given');
  });

  it('cuts a long message where it still says that it was cut', () => {
    expect(messageOf('x'.repeat(5000))).toHaveLength(5000);
    expect(messageOf('x'.repeat(5001))).toBe(`${'x'.repeat(4999)}…`);
  });

  it('splits no character', () => {
    expect(messageOf(`${'x'.repeat(4998)}🌙🌙`)).toBe(`${'x'.repeat(4998)}…`);
  });

  it('cleans what looks like a credential out of all texts', () => {
    const fitted = fitResult({ kind: 'succeeded', summary: 'asked with Bearer abcdef.ghijkl', externalExecutionId: 'run-1' });

    expect(fitted).toEqual({ kind: 'succeeded', summary: 'asked with Bearer [redacted]', externalExecutionId: 'run-1' });
    expect(messageOf('password=planted')).not.toContain('planted');
  });

  it('leaves out what is empty, and cuts the name of the run', () => {
    expect(fitResult(failed('no', { externalExecutionId: '' }))).toEqual(failed('no'));
    expect(fitResult({ kind: 'succeeded', summary: ' ' })).toEqual({ kind: 'succeeded' });
    expect((fitResult(failed('no', { externalExecutionId: 'r'.repeat(2000) })) as JobFailed).externalExecutionId).toHaveLength(1500);
  });

  it.each([
    [-1, 0],
    [49.9, 49],
    [101, 100],
    [Number.NaN, 0],
  ])('makes %d percent %d', (given, sent) => {
    expect(fitResult({ kind: 'continued', token: 't', percentComplete: given })).toEqual({
      kind: 'continued',
      token: 't',
      percentComplete: sent,
    });
  });

  it('refuses a token and variables that do not fit, since they cannot be cut', () => {
    expect(() => fitResult({ kind: 'continued', token: '' })).toThrow('its token has 0 characters');
    expect(() => fitResult({ kind: 'continued', token: 't'.repeat(2049) })).toThrow('CodePipeline takes 1 to 2048');
    expect(() => fitResult({ kind: 'succeeded', variables: { 'a b': '1' } })).toThrow('the output variable "a b" cannot be given');
    expect(() => fitResult({ kind: 'succeeded', variables: { a: 'x'.repeat(122_880) } })).toThrow('they have 122881 bytes');
  });
});
