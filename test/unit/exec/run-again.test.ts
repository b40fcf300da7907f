import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../lib/exec/run.ts';
import { type RunAgainOptions, runAgain } from '../../../lib/exec/run-again.ts';
import { tempFolder } from './scripts.ts';

/** Fails with the code until it has been run `successAt` times. */
async function flaky(code: number, successAt: number) {
  const file = join(await tempFolder(), 'count');
  const body = `echo x >> "$0"; [ "$(wc -l < "$0")" -ge ${successAt} ] || exit ${code}`;
  return { args: ['-c', body, file], count: async () => (await run('wc', ['-l', file])).stdout.text().trim().split(' ')[0] };
}

function again(exitCodes: readonly number[], waits: number[] = []): RunAgainOptions {
  const clock = { now: () => 0, sleep: async (ms: number) => void waits.push(ms) };
  return { exitCodes, policy: { attempts: 4, baseMs: 100, capMs: 250 }, clock, random: () => 1 };
}

describe('runAgain', () => {
  it('repeats a command after exit codes that pass, waiting longer each time', async () => {
    const waits: number[] = [];
    const { args, count } = await flaky(75, 4);

    expect((await runAgain('bash', args, { again: again([75], waits) })).exitCode).toBe(0);

    expect(await count()).toBe('4');
    expect(waits).toEqual([100, 200, 250]);
  });

  it('gives up after the last attempt, with the failure as it was', async () => {
    const { args, count } = await flaky(75, 9);

    await expect(runAgain('bash', args, { again: again([75]) })).rejects.toMatchObject({ exitCode: 75 });

    expect(await count()).toBe('4');
  });

  it('does not repeat what would fail again', async () => {
    const { args, count } = await flaky(2, 9);

    await expect(runAgain('bash', args, { again: again([75]) })).rejects.toMatchObject({ exitCode: 2 });
    await expect(runAgain('no-such-program', [], { again: again([75]) })).rejects.toMatchObject({ failure: { kind: 'not-found' } });

    expect(await count()).toBe('1');
  });

  it('repeats after a timeout only when told so', async () => {
    const waits: number[] = [];
    const slow = { timeoutMs: 50, graceMs: 10 };

    await expect(runAgain('sleep', ['9'], { ...slow, again: again([], waits) })).rejects.toMatchObject({ failure: { kind: 'timeout' } });
    expect(waits).toEqual([]);
    await expect(runAgain('sleep', ['9'], { ...slow, again: { ...again([], waits), timeouts: true } })).rejects.toMatchObject({
      retryable: true,
    });
    expect(waits).toHaveLength(3);
  });

  it('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort('enough');

    await expect(runAgain('true', [], { signal, again: again([75]) })).rejects.toBe('enough');
  });
});
