import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Continuation, decodeContinuation, encodeContinuation } from '../../../../lib/pipelines/codepipeline/continuation.ts';
import { BadInputError } from '../../../../lib/platform/errors.ts';

const NOW = Date.parse('2026-11-20T21:10:00Z');
const where: Continuation = {
  runId: 'run-1',
  startedAt: '2026-11-20T21:00:00.000Z',
  step: 'rollout',
  round: 2,
  state: { suite: 'shop', observed: 4, ready: true },
};
const tokenOf = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString('base64url');

describe('continuation', () => {
  it('comes back as it was sent', () => {
    const token = encodeContinuation(where);

    expect(token).toMatch(/^[\w-]{1,2048}$/);
    expect(decodeContinuation(token, NOW)).toEqual(where);
  });

  it('comes back whatever its state is', () => {
    const state = fc.dictionary(
      fc.stringMatching(/^\w{1,10}$/),
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.integer(), fc.boolean()),
      { maxKeys: 8, noNullPrototype: true },
    );
    fc.assert(
      fc.property(state, (generated) => {
        const value = { ...where, state: generated };

        expect(decodeContinuation(encodeContinuation(value), NOW)).toEqual(value);
      }),
      { numRuns: 50 },
    );
  });

  it('does not outgrow what CodePipeline takes', () => {
    expect(() => encodeContinuation({ ...where, state: { a: 'x'.repeat(1000), b: 'y'.repeat(1000) } })).toThrow(
      /makes a token of \d+ characters, CodePipeline takes 2048/,
    );
    expect(() => encodeContinuation({ ...where, state: { 'not a word': 1 } })).toThrow('does not fit');
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'characters that no token of ours has'],
    ['other characters', 'a b', 'characters that no token of ours has'],
    ['a long text', 'a'.repeat(2049), 'more than 2048 characters'],
    ['no document', tokenOf('{').slice(0, 3), 'it holds no document'],
    ['a text', tokenOf('x'), 'its content is not what it should be'],
    ['another version', tokenOf({ v: 2, ...where }), 'it may be of another release'],
    ['a field more', tokenOf({ v: 1, ...where, admin: true }), 'its content is not what it should be'],
    ['a field less', tokenOf({ v: 1, ...where, step: undefined }), 'its step is not'],
    ['a deep state', tokenOf({ v: 1, ...where, state: { a: { b: 1 } } }), 'its state.a is not'],
    ['a round of no number', tokenOf({ v: 1, ...where, round: '2' }), 'its round is not'],
    ['a wild date', tokenOf({ v: 1, ...where, startedAt: 'yesterday' }), 'its startedAt is not'],
    ['the future', tokenOf({ v: 1, ...where, startedAt: '2026-11-20T21:30:00Z' }), 'from the future'],
    ['the day before', tokenOf({ v: 1, ...where, startedAt: '2026-11-19T21:00:00Z' }), 'older than an action can be'],
  ])('refuses %s', (_, token, why) => {
    const decoding = (): Continuation => decodeContinuation(token, NOW);

    expect(decoding).toThrow(BadInputError);
    expect(decoding).toThrow(why);
  });

  it('shows nothing of what it could not read', () => {
    expect(() => decodeContinuation(tokenOf({ v: 1, planted: 'planted' }), NOW)).toThrow(/^(?!.*planted)/);
  });
});
