import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import type { Job } from '../../../lib/platform/job.ts';
import { recordingLog, recordingNotifier } from '../../support/recorders.ts';
import { type Light, lightsOut } from './support/lights-out.ts';

describe('the notification of a failed run', () => {
  const broken = (): Job<{ readonly lights: readonly Light[] }> =>
    lightsOut({ observe: () => Promise.reject(new BadInputError('the room has no lights', { hint: 'name another room' })) }).job;

  it('says what failed, what to do, and which run it was', async () => {
    const { notifier, sent } = recordingNotifier();

    const { report } = await broken().attempt({}, { notify: notifier });

    expect(sent).toEqual([
      {
        title: 'lights-out failed: the room has no lights',
        lines: ['What to do: name another room'],
        severity: 'critical',
        runId: report.runId,
        job: 'lights-out',
      },
    ]);
  });

  it('lists the first failed items and counts the rest', async () => {
    const { notifier, sent } = recordingNotifier();
    const items = Array.from({ length: 14 }, (_, n) => ({
      ref: `light-${n}`,
      action: n === 0 ? 'skipped' : 'failed',
      reason: 'burnt out',
    }));
    const { job } = lightsOut({ act: async () => ({ status: 'failed', summary: 'dark', counts: {}, items, remaining: 0 }) });

    await job.run({}, { notify: notifier });

    expect(sent[0]?.lines).toHaveLength(11);
    expect(sent[0]?.lines[0]).toBe('light-1: burnt out');
    expect(sent[0]?.lines.at(-1)).toBe('and 3 more');
  });

  it('says of a failed item what to do, when the item knows', async () => {
    const { notifier, sent } = recordingNotifier();
    const items = [{ ref: 'dev', action: 'failed', reason: '401', hint: 'give the role an access entry' }];
    const { job } = lightsOut({ act: async () => ({ status: 'failed', summary: 'dark', counts: {}, items, remaining: 0 }) });

    await job.run({}, { notify: notifier });

    expect(sent[0]?.lines).toEqual(['dev: 401 (what to do: give the role an access entry)']);
  });

  it('shows no secret, wherever the failure carries it', async () => {
    const { notifier, sent } = recordingNotifier();
    const { job } = lightsOut({ observe: () => Promise.reject(new Error('401 for Bearer cGxhbnRlZA==')) });

    const { report } = await job.attempt({}, { notify: notifier });

    expect(JSON.stringify([sent, report])).not.toContain('cGxhbnRlZA');
  });

  it('is only asked for a channel when there is something to tell', async () => {
    let asked = 0;
    const notify = async (): Promise<undefined> => {
      asked += 1;
      return undefined;
    };

    await lightsOut().job.run({}, { notify });
    await broken().attempt({}, { notify });

    expect(asked).toBe(1);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('Slack is down'))],
    ['hangs', () => new Promise<void>(() => {})],
  ])('never hides the failure when the channel %s', async (_, notify) => {
    const { log, lines } = recordingLog();

    const run = broken().run({}, { log, notify: { notify }, notifyTimeoutMs: 10 });

    await expect(run).rejects.toThrow('the room has no lights');
    expect(lines.map((line) => line.message)).toEqual(['run failed', 'failure notification was not delivered']);
  });

  it('never hides the failure when the channel can not even be built', async () => {
    const { log, lines } = recordingLog();

    const run = broken().run({}, { log, notify: () => Promise.reject(new Error('no such parameter')) });

    await expect(run).rejects.toThrow('the room has no lights');
    expect(lines.at(-1)).toMatchObject({ level: 'error', message: 'failure notification was not delivered' });
  });
});
