import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../lib/platform/clock.ts';
import { createLog } from '../../../../lib/platform/logger.ts';
import type { Journal } from '../../../../lib/records/journal.ts';
import { type Answerable, answerOnce } from '../../../../lib/smoke/callers/answer-once.ts';
import { recordingStream } from '../../../support/recorders.ts';

/** What never comes by itself. */
function never<T>(signal: AbortSignal | undefined): Promise<T> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

const fresh = { state: 'fresh', attempt: 1, fence: 1 } as const;
const silentAtBegin: Journal = { begin: ({ signal }) => never(signal), finish: async () => 'finished' };
const silentAtFinish: Journal = { begin: async () => fresh, finish: ({ signal }) => never(signal) };

function call(sent: string[]): Answerable<string> {
  const send = async (answer: string): Promise<void> => {
    sent.push(answer);
  };
  return { job: 'smoke', key: 'j1', round: 0, holder: 'r1', holdMs: 200, answer: async () => 'yes', send, read: (text) => text };
}

describe('an answer', () => {
  it.each([
    ['begin', silentAtBegin],
    ['finish', silentAtFinish],
  ])('is sent once, and in its time, by a journal that hangs at %s', async (_, journal) => {
    const sent: string[] = [];
    const { stream, text } = recordingStream();
    const log = createLog({ job: 'smoke', stream });

    expect(await answerOnce(call(sent), { journal, clock: systemClock, log })).toBe('sent');
    expect(sent).toEqual(['yes']);
    expect(text()).toMatch(/journal could not be (?:read|written)/);
  });
});
