import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BadInputError, DeadlineError } from '../../../lib/platform/errors.ts';
import { defineJob, type Job, type Outcome, type RunContext, type RunOptions } from '../../../lib/platform/job.ts';
import { lambdaHandler } from '../../../lib/platform/lambda-handler.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { recordingLog, recordingMetrics, recordingNotifier, recordingStream, steppingClock } from '../../support/recorders.ts';

const root = resolve(import.meta.dirname, '../../..');
const fine: Outcome = { status: 'ok', summary: 'done', counts: { changed: 1 }, items: [], remaining: 0 };

function jobThat(act: (context: RunContext) => Promise<Outcome>): Job<object> {
  return defineJob({
    name: 'a-job',
    summary: '',
    event: z.strictObject({ dryRun: z.boolean().optional() }),
    config: () => ({}),
    compose: () => ({}),
    observe: async () => ({}),
    decide: () => ({}),
    preview: () => fine,
    act: (_decision, _world, context) => act(context),
  });
}

function parts(): { options: RunOptions<object>; lines: ReturnType<typeof recordingLog>['lines']; sent: unknown[]; published: unknown[] } {
  const { log, lines } = recordingLog();
  const { metrics, published } = recordingMetrics();
  const { notifier, sent } = recordingNotifier();
  return { options: { log, metrics, notify: notifier, clock: steppingClock(0), env: {} }, lines, sent, published };
}

const lambda = (remainingMs = 30_000): { getRemainingTimeInMillis: () => number; awsRequestId: string } => ({
  getRemainingTimeInMillis: () => remainingMs,
  awsRequestId: 'request-1',
});

describe('lambdaHandler', () => {
  it('returns the report, logs it once with the request it belongs to, and beats the heart', async () => {
    const { options, lines, sent, published } = parts();
    const handler = lambdaHandler(
      jobThat(async () => fine),
      options,
    );

    const report = await handler({}, lambda());

    expect(report).toMatchObject({ job: 'a-job', status: 'ok', counts: { changed: 1 } });
    expect(lines).toMatchObject([
      { level: 'info', message: 'run finished', fields: { report, requestId: 'request-1', runId: report.runId } },
    ]);
    expect(published).toMatchObject([{ Changed: 1, Success: 1 }]);
    expect(sent).toEqual([]);
  });

  it.each([
    [900_000, 890_000],
    [30_000, 24_000],
    [1_000, 800],
  ])('of %i ms leaves the work %i, and keeps the rest for the report', async (available, budget) => {
    const seen: number[] = [];
    const handler = lambdaHandler(
      jobThat(async ({ deadline }) => {
        seen.push(deadline.remainingMs());
        return fine;
      }),
      parts().options,
    );

    await handler({}, lambda(available));

    expect(seen).toEqual([budget]);
  });

  it('throws a failed run to the platform, with its run id, after notifying', async () => {
    const { options, sent } = parts();
    const handler = lambdaHandler(
      jobThat(async () => ({ ...fine, status: 'failed', summary: 'no cluster could be reached' })),
      {
        ...options,
        runId: 'r-1',
      },
    );

    await expect(handler({}, lambda())).rejects.toMatchObject({
      name: 'RunFailedError',
      message: 'a-job failed: no cluster could be reached (run r-1)',
    });
    expect(sent).toMatchObject([{ title: 'a-job failed: no cluster could be reached' }]);
  });

  it('does not throw a degraded run: it did its job', async () => {
    const handler = lambdaHandler(
      jobThat(async () => ({ ...fine, status: 'degraded' })),
      parts().options,
    );

    await expect(handler({}, lambda())).resolves.toMatchObject({ status: 'degraded' });
  });

  it('throws what the run threw under its own name, so that a retry policy can tell failures apart', async () => {
    const { options, sent } = parts();
    const handler = lambdaHandler(
      jobThat(() => Promise.reject(new DeadlineError('out of time'))),
      options,
    );

    await expect(handler({}, lambda())).rejects.toMatchObject({ name: 'DeadlineError', message: 'out of time' });
    expect(sent).toHaveLength(1);
  });

  it('gives the platform nothing of an error that could carry a credential', async () => {
    const cause = Object.assign(new Error('planted'), { headers: { authorization: 'planted' } });
    const thrown = Object.assign(new Error('refused Bearer planted', { cause }), { config: { token: 'planted' } });
    const handler = lambdaHandler(
      jobThat(() => Promise.reject(thrown)),
      parts().options,
    );

    const error = await handler({}, lambda()).catch((caught: unknown) => caught);

    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
    expect(error).toMatchObject({ message: 'refused Bearer [redacted]' });
  });

  it('throws an error for whatever was thrown', async () => {
    const handler = lambdaHandler(
      jobThat(() => Promise.reject('just text')),
      parts().options,
    );

    await expect(handler({}, lambda())).rejects.toEqual(new Error('just text'));
  });

  it('answers an event that can never succeed, instead of having it delivered again', async () => {
    const { options, lines, sent, published } = parts();
    const handler = lambdaHandler(
      jobThat(async () => fine),
      options,
    );

    const report = await handler({ dryrun: true }, lambda());

    expect(report).toMatchObject({ status: 'failed', summary: expect.stringContaining('event.dryrun: unknown field') });
    expect(lines).toMatchObject([{ level: 'error', message: 'run failed' }]);
    expect(published).toMatchObject([{ Failed: 1 }]);
    expect(sent).toMatchObject([{ title: expect.stringContaining('event.dryrun'), lines: [expect.stringContaining('What to do')] }]);
  });

  it('answers, and tells of, a configuration that can never work', async () => {
    const { options, sent } = parts();
    const handler = lambdaHandler(
      jobThat(() => Promise.reject(new BadInputError('BUCKET is not set'))),
      options,
    );

    await expect(handler({}, lambda())).resolves.toMatchObject({ status: 'failed', summary: 'BUCKET is not set' });
    expect(sent).toHaveLength(1);
  });

  it.each([30_003, 3_001, 900_000])(
    'tells of a failure with %i ms left, whatever fraction of them that leaves for it',
    async (available) => {
      const { options, sent, lines } = parts();
      const handler = lambdaHandler(
        jobThat(() => Promise.reject(new Error('no power'))),
        options,
      );

      await expect(handler({}, lambda(available))).rejects.toThrow('no power');

      expect(sent).toHaveLength(1);
      expect(lines.map(({ message }) => message)).toEqual(['run failed']);
    },
  );

  it('gives a hanging channel what is left, not what was left at the start, and throws the failure in time', async () => {
    const { options, lines } = parts();
    let left = 3_000;
    const handler = lambdaHandler(
      jobThat(async () => {
        left = 160;
        throw new Error('no power');
      }),
      { ...options, notify: { notify: () => new Promise(() => {}) } },
    );
    const started = performance.now();

    await expect(handler({}, { getRemainingTimeInMillis: () => left })).rejects.toThrow('no power');

    expect(performance.now() - started).toBeLessThan(160);
    expect(lines.map(({ message }) => message)).toEqual(['run failed', 'failure notification was not delivered']);
  });

  it('counts under the stage "none" when the stage is empty, since an alarm on that dimension would see nothing otherwise', async () => {
    const script = `
      import { lambdaHandler } from './lib/platform/lambda-handler.ts';
      const report = { status: 'ok', summary: '', counts: {}, items: [], remaining: 0 };
      const job = { name: 'a-job', summary: '', run: async () => report, attempt: async (_, { metrics }) => { metrics.add('Success', 1); metrics.publish(); return { report }; } };
      await lambdaHandler(job, { env: { NIGHTSHIFT_STAGE: '' } })({}, { getRemainingTimeInMillis: () => 9000 });`;

    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      encoding: 'utf8',
      cwd: root,
    });

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'none', job: 'a-job', Success: 1 });
  });

  it('reports a run that ignores its deadline before Lambda would kill it', async () => {
    const { options, lines } = parts();
    const handler = lambdaHandler(
      jobThat(() => new Promise(() => {})),
      options,
    );

    await expect(handler({}, lambda(60))).rejects.toMatchObject({ name: 'DeadlineError' });

    expect(lines).toMatchObject([{ level: 'error', message: 'run failed' }]);
  });

  it('answers with what Lambda takes of a report that is larger, and says how much is missing', async () => {
    const items = Array.from({ length: 40_000 }, (_, n) => ({
      ref: `dev/team-with-a-long-name/Deployment/service-with-a-long-name-${n}`,
      action: n === 39_999 ? 'failed' : 'sleep',
      reason: 'downtime by the configuration: Mon-Fri 19:00-07:00 Europe/Berlin, and nobody asked for it to stay up',
    }));
    const handler = lambdaHandler(
      jobThat(async () => ({ ...fine, status: 'degraded', items })),
      parts().options,
    );

    const report = await handler({}, lambda());

    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(6_000_000);
    expect(report.items[0]).toMatchObject({ action: 'failed' });
    expect(report).toMatchObject({ itemsOmitted: 40_000 - report.items.length, counts: fine.counts });
  });

  it('keeps the line of the largest report below what CloudWatch takes', async () => {
    const out = recordingStream();
    const items = Array.from({ length: 5_000 }, (_, n) => ({ ref: `dev/team/Deployment/service-${n}`, action: 'sleep', reason: 'night' }));
    const handler = lambdaHandler(
      jobThat(async () => ({ ...fine, items })),
      {
        ...parts().options,
        log: createLog({ job: 'a-job', stream: out.stream }),
      },
    );

    const report = await handler({}, lambda());

    expect(report.items).toHaveLength(5_000);
    expect(Buffer.byteLength(out.text())).toBeLessThan(200_000);
    expect(out.json()).toMatchObject([{ report: { itemsOmitted: expect.any(Number) } }]);
  });
});
