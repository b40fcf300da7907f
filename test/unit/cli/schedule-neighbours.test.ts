import { describe, expect, it } from 'vitest';
import { type Answer, NEIGHBOUR_VECTORS, type NeighbourVector } from '../../support/vectors/time-specs.ts';
import { runCli } from './run-cli.ts';

const CODES: Readonly<Record<string, Answer>> = { invalid_spec: 'S', incomplete_spec: 'I' };

async function answerTo({ value, at, env }: NeighbourVector, flags: readonly string[]): Promise<Answer | undefined> {
  const result = await runCli(['schedule', 'test', value, '--at', at, '-o', 'json', ...flags], { ...(env && { env }) });
  const { matches, error } = result.json() as { readonly matches?: boolean; readonly error?: { readonly code: string } };
  expect(result.exitCode).toBe(matches === undefined ? 2 : matches ? 0 : 1);
  return matches === undefined ? CODES[error?.code ?? ''] : matches ? 'T' : 'F';
}

describe('time specs through the CLI, either side of every edge', () => {
  it.each(NEIGHBOUR_VECTORS)('$value at $at is $answer', async (vector) => {
    expect(await answerTo(vector, [])).toBe(vector.answer);
    expect(await answerTo(vector, ['--dialect', 'nightshift'])).toBe(vector.answer);
    expect(await answerTo(vector, ['--dialect', 'go'])).toBe(vector.answer);
    expect(await answerTo(vector, ['--dialect', 'py'])).toBe(vector.py ?? vector.answer);
  });

  it('says on standard error when a spec is a silent trap, and which one', async () => {
    const said = async (value: string, ...flags: string[]): Promise<string> =>
      (await runCli(['schedule', 'test', value, '--at', '2026-03-30T12:00:00Z', '-o', 'json', ...flags])).stderr;

    expect(await said('Mon-Fri 00:00-00:00 UTC')).toMatch(/^warning: .*never matches/);
    expect(await said('Mon-Fri 20:00-08:00 UTC', '--dialect', 'py')).toMatch(/^warning: .*py dialect/);
    expect(await said('Mon-Fri 20:00-08:00 UTC')).toContain('Sat 00:00-08:00, the end of the last night of Mon-Fri, does not');
    expect(await said('2026-03-30T12:00:00Z-2026-03-29T12:00:00Z')).toMatch(/^warning: .*end is not after its start/);
    expect(await said('Mon-Fri 07:00-19:00 UTC')).toBe('');
  });
});
