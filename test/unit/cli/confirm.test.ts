import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { confirm } from '../../../bin/confirm.ts';
import type { Io } from '../../../bin/io.ts';
import { RefusedError } from '../../../lib/platform/errors.ts';

interface Person {
  readonly io: Io;
  readonly stdin: PassThrough;
  readonly interrupt: AbortController;
  readonly asked: string[];
}

function person(isTTY = true): Person {
  const stdin = new PassThrough();
  const interrupt = new AbortController();
  const asked: string[] = [];
  const stderr = { write: (text: string) => asked.push(text) };
  const clock = { now: () => 0, sleep: async () => {} };
  const io = { stdin: Object.assign(stdin, { isTTY }), stdout: stderr, stderr, env: {}, clock, signal: interrupt.signal };
  return { io, stdin, interrupt, asked };
}

describe('asking before a change', () => {
  it.each(['y', 'Y', 'yes', ' yes '])('takes %j for a yes', async (answer) => {
    const { io, stdin, asked } = person();
    stdin.write(`${answer}\n`);

    await confirm('Go ahead?', io);

    expect(asked).toEqual(['Go ahead? [y/N] ']);
  });

  it.each(['n', '', 'yep', 'y y'])('takes %j for a no', async (answer) => {
    const { io, stdin } = person();
    stdin.write(`${answer}\n`);

    await expect(confirm('Go ahead?', io)).rejects.toThrow(RefusedError);
  });

  it('takes the end of input for a no', async () => {
    const { io, stdin } = person();
    stdin.end();

    await expect(confirm('Go ahead?', io)).rejects.toThrow('nothing was changed');
  });

  it('takes Ctrl-C at the question for a no', async () => {
    const { io, interrupt } = person();

    const answer = confirm('Go ahead?', io);
    interrupt.abort();

    await expect(answer).rejects.toThrow(RefusedError);
  });

  it('does not ask where nobody can answer', async () => {
    const { io, asked } = person(false);

    await expect(confirm('Go ahead?', io)).rejects.toMatchObject({ hint: expect.stringContaining('--yes') });
    expect(asked).toEqual([]);
  });
});
