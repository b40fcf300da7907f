import { describe, expect, it } from 'vitest';
import { cachedParameters } from '../../../lib/platform/cached-parameters.ts';
import type { ParameterSource } from '../../../lib/platform/parameters.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { steppingClock } from '../../support/recorders.ts';

/** Answers with a number that tells readings apart; fails while `broken`. */
function countingSource(): ParameterSource & { readonly reads: string[]; broken: boolean } {
  const reads: string[] = [];
  const source = {
    reads,
    broken: false,
    async get(name: string): Promise<string> {
      reads.push(name);
      if (source.broken) throw new Error('throttled');
      return `${name}#${reads.length}`;
    },
    secret: async (name: string): Promise<Secret> => new Secret(await source.get(name)),
  };
  return source;
}

describe('cachedParameters', () => {
  it('answers from memory for five minutes and asks again after them', async () => {
    const source = countingSource();
    const clock = steppingClock(0);
    const parameters = cachedParameters(source, { clock });

    const first = await parameters.get('/policy');
    clock.advance(299_999);
    const remembered = await parameters.get('/policy');
    clock.advance(1);
    const fresh = await parameters.get('/policy');

    expect([first, remembered, fresh]).toEqual(['/policy#1', '/policy#1', '/policy#2']);
  });

  it('asks again when the clock was set back', async () => {
    const clock = steppingClock(1_000_000);
    const parameters = cachedParameters(countingSource(), { clock });
    await parameters.get('/policy');

    clock.advance(-900_000);

    expect(await parameters.get('/policy')).toBe('/policy#2');
  });

  it('asks once for what several ask at the same time', async () => {
    const source = countingSource();
    const parameters = cachedParameters(source, { clock: steppingClock(0) });

    await Promise.all([parameters.get('/policy'), parameters.get('/policy'), parameters.get('/other')]);

    expect(source.reads).toEqual(['/policy', '/other']);
  });

  it('does not remember a failure', async () => {
    const source = countingSource();
    const parameters = cachedParameters(source, { clock: steppingClock(0) });
    source.broken = true;
    await expect(parameters.get('/policy')).rejects.toThrow('throttled');
    source.broken = false;

    await expect(parameters.get('/policy')).resolves.toBe('/policy#2');
  });

  it('keeps secrets and plain values of one name apart', async () => {
    const parameters = cachedParameters(countingSource(), { clock: steppingClock(0) });

    const plain = await parameters.get('/both');
    const secret = await parameters.secret('/both');

    expect(plain).toBe('/both#1');
    expect(secret.reveal()).toBe('/both#2');
    expect(await parameters.secret('/both')).toBe(secret);
  });
});
