import { describe, expect, it } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import { archiveReport } from '../../../lib/platform/report-archive.ts';
import type { StateStore } from '../../../lib/platform/state-store.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { recordingLog } from '../../support/recorders.ts';

const report: Report = { job: 'a-job', runId: 'r-1', status: 'ok', summary: 'done', counts: { changed: 1 }, items: [], remaining: 0 };

async function archive(store: StateStore, timeoutMs = 1_000): Promise<ReturnType<typeof recordingLog>['lines']> {
  const { log, lines } = recordingLog();
  await archiveReport(report, store, { log, timeoutMs });
  return lines;
}

describe('archiveReport', () => {
  it('keeps the report under its run id', async () => {
    const state = new ModelState();

    expect(await archive(state.store())).toEqual([]);

    expect(state.keys()).toEqual(['reports/r-1.json']);
    expect(JSON.parse((await state.store().get('reports/r-1.json'))?.body ?? '')).toEqual(report);
  });

  it('keeps every report of a run that was delivered more than once, also at the same time', async () => {
    const state = new ModelState();

    await Promise.all([archive(state.store()), archive(state.store()), archive(state.store())]);

    expect(state.keys()).toEqual(['reports/r-1.2.json', 'reports/r-1.3.json', 'reports/r-1.json']);
  });

  it('warns, with what to do, when the store refuses', async () => {
    const refusing: StateStore = {
      ...new ModelState().store(),
      putIfAbsent: () => Promise.reject(Object.assign(new Error('write state failed: AccessDenied'))),
    };

    expect(await archive(refusing)).toMatchObject([
      { level: 'warn', message: 'report could not be stored', fields: { location: 'memory', reason: 'write state failed: AccessDenied' } },
    ]);
  });

  it('waits for a store that hangs no longer than it was told, fractions of milliseconds included', async () => {
    const hanging: StateStore = { ...new ModelState().store(), putIfAbsent: () => new Promise(() => {}) };
    const started = performance.now();

    expect(await archive(hanging, 20.5)).toMatchObject([{ level: 'warn', message: 'report could not be stored' }]);

    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('gives up after fifty reports of one run, since something repeats it without end', async () => {
    const full: StateStore = { ...new ModelState().store(), putIfAbsent: async () => 'exists' };

    expect(await archive(full)).toMatchObject([{ fields: { reason: 'there are 50 reports of this run already' } }]);
  });
});
