import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../lib/platform/job-definition.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { recordingLog, recordingMetrics, recordingNotifier, steppingClock } from '../../support/recorders.ts';
import { lightsOut, start } from './support/lights-out.ts';

describe('the report of a run', () => {
  const kept = (state: ModelState): Promise<Report> =>
    state
      .store()
      .get(state.keys()[0] ?? '')
      .then((stored) => JSON.parse(stored?.body ?? 'null') as Report);

  it('is kept where the job says, as it is returned', async () => {
    const state = new ModelState();
    const { job } = lightsOut({ reportsIn: () => state.store() });

    const report = await job.run({ runId: 'night-1' }, { runId: 'night-1' });

    expect(state.keys()).toEqual(['reports/night-1.json']);
    expect(await kept(state)).toEqual(report);
  });

  it('is kept also when the run threw, and the throw stays what it was', async () => {
    const state = new ModelState();
    const { job } = lightsOut({ reportsIn: () => state.store(), observe: () => Promise.reject(new Error('401 for Bearer cGxhbnRlZA==')) });

    await expect(job.run({})).rejects.toThrow('401');

    expect(await kept(state)).toMatchObject({ status: 'failed', summary: '401 for Bearer [redacted]' });
  });

  it('is kept also when the time budget is used up', async () => {
    const state = new ModelState();
    const { job } = lightsOut({
      reportsIn: () => state.store(),
      observe: (_event, _world, { deadline }) =>
        new Promise((_, reject) => deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason))),
    });

    await expect(job.run({}, { budgetMs: 5 })).rejects.toMatchObject({ code: 'deadline' });

    expect(await kept(state)).toMatchObject({ status: 'failed' });
  });

  it('is not kept of a dry run', async () => {
    const state = new ModelState();

    await lightsOut({ reportsIn: () => state.store() }).job.run({ dryRun: true });

    expect(state.keys()).toEqual([]);
  });

  it('decides nothing about the run when it cannot be kept, even by a store that hangs', async () => {
    const { log, lines } = recordingLog();
    const { job } = lightsOut({ reportsIn: () => ({ ...new ModelState().store(), putIfAbsent: () => new Promise(() => {}) }) });

    const report = await job.run({}, { log, notifyTimeoutMs: 20 });

    expect(report.status).toBe('ok');
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'run finished'],
      ['warn', 'report could not be stored'],
    ]);
  });

  it('reaches people while the store hangs, and the store while the channel hangs', async () => {
    const state = new ModelState();
    const { notifier, sent } = recordingNotifier();
    const observe = () => Promise.reject(new Error('no power'));
    const hangingStore = lightsOut({ observe, reportsIn: () => ({ ...state.store(), putIfAbsent: () => new Promise(() => {}) }) }).job;
    const hangingChannel = { notify: () => new Promise<void>(() => {}) };

    await hangingStore.attempt({}, { notifyTimeoutMs: 20, notify: notifier });
    await lightsOut({ observe, reportsIn: () => state.store() }).job.attempt({}, { notify: hangingChannel, notifyTimeoutMs: 20 });

    expect(sent).toHaveLength(1);
    expect(state.keys()).toHaveLength(1);
  });

  it('shows no credential that a server put into a reason', async () => {
    const items = [{ ref: 'hall', action: 'failed', reason: 'refused Authorization: Bearer cGxhbnRlZA==' }];
    const { job } = lightsOut({ act: async () => ({ status: 'degraded', summary: '1 failed', counts: {}, items, remaining: 0 }) });

    expect(JSON.stringify(await job.run({}))).not.toContain('cGxhbnRlZA');
  });

  it('stands when its counts are no numbers that metrics could take', async () => {
    const { log, lines } = recordingLog();
    const refuse = (): never => {
      throw new RangeError('undefined is not a valid number');
    };

    const report = await lightsOut().job.run({}, { log, metrics: { add: refuse, publish: refuse } });

    expect(report.status).toBe('ok');
    expect(lines.at(-1)).toMatchObject({ level: 'warn', message: 'metrics could not be published' });
  });
});

describe('what is recorded of a run', () => {
  it('is one line with the report and one set of metrics with the heartbeat', async () => {
    const { log, lines } = recordingLog();
    const { metrics, published } = recordingMetrics();
    const clock = steppingClock(start);
    const { job } = lightsOut({
      decide: (lights) => {
        clock.advance(1_500);
        return lights.map((light) => light.name);
      },
    });

    const report = await job.run({}, { log, metrics, clock });

    expect(lines).toEqual([
      { level: 'info', message: 'run finished', fields: { job: 'lights-out', runId: report.runId, durationMs: 1_500, report } },
    ]);
    expect(published).toEqual([{ Planned: 2, Changed: 2, Skipped: 0, Failed: 0, Remaining: 0, Duration: 1_500, Success: 1 }]);
  });

  describe('of a job that puts things to sleep', () => {
    const savings = { currency: 'USD', perHour: 1.2351, withoutRequests: 0, byNamespace: [] };
    const counts = { planned: 2, changed: 2, slept: 2, woken: 0, asleep: 7 };

    async function publishedBy(status: Report['status'], dryRun = false): Promise<Record<string, number> | undefined> {
      const { metrics, published } = recordingMetrics();
      const outcome: Outcome = { status, summary: 'good night', counts, items: [], remaining: 0, savings };
      const { job } = lightsOut({ act: async () => outcome, preview: () => outcome });
      await job.run({ dryRun }, { metrics });
      return published[0];
    }

    it('tells what slept, was woken and is asleep, and what that saves', async () => {
      for (const status of ['ok', 'degraded'] as const)
        expect(await publishedBy(status)).toMatchObject({ Changed: 2, Slept: 2, Woken: 0, Asleep: 7, SavedPerHour: 1.2351 });
    });

    it('says nothing of who is asleep when the run failed, as it may have seen nobody', async () => {
      const published = await publishedBy('failed');

      expect(published).toMatchObject({ Slept: 2, Woken: 0 });
      expect(published).not.toHaveProperty('Asleep');
      expect(published).not.toHaveProperty('SavedPerHour');
    });

    it('says nothing of a dry run', async () => {
      expect(await publishedBy('ok', true)).toBeUndefined();
    });
  });

  it('counts no dry run, which proves nothing about the schedule', async () => {
    const { metrics, published } = recordingMetrics();

    await lightsOut().job.run({ dryRun: true }, { metrics });

    expect(published).toEqual([]);
  });

  it.each([
    ['degraded', 'warn', 'run finished degraded', 1, 0],
    ['failed', 'error', 'run failed', undefined, 1],
  ] as const)('shows a %s run as such', async (status, level, message, heartbeat, notifications) => {
    const { log, lines } = recordingLog();
    const { metrics, published } = recordingMetrics();
    const { notifier, sent } = recordingNotifier();
    const { job } = lightsOut({ act: async () => ({ status, summary: 'a fuse blew', counts: { failed: 2 }, items: [], remaining: 3 }) });

    const report = await job.run({}, { log, metrics, notify: notifier });

    expect(report.status).toBe(status);
    expect(lines.map((line) => [line.level, line.message])).toEqual([[level, message]]);
    expect(published).toMatchObject([{ Failed: 2, Remaining: 3 }]);
    expect(published[0]?.Success).toBe(heartbeat);
    expect(sent).toHaveLength(notifications);
  });

  it('of a run that threw holds a report, the error and no heartbeat', async () => {
    const { log, lines } = recordingLog();
    const { metrics, published } = recordingMetrics();
    const failure = new Error('the fuse box is locked');
    const { job } = lightsOut({ observe: () => Promise.reject(failure) });

    const result = await job.attempt({}, { log, metrics });

    expect(result.error).toBe(failure);
    expect(result.report).toMatchObject({ status: 'failed', summary: 'the fuse box is locked', counts: { failed: 1 }, remaining: 0 });
    expect(lines).toMatchObject([{ level: 'error', fields: { error: failure, report: result.report } }]);
    expect(published).toMatchObject([{ Failed: 1 }]);
    expect(published[0]).not.toHaveProperty('Success');
  });
});
