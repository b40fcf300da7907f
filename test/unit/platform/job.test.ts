import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseConfig } from '../../../lib/platform/config.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { defineJob, type Job, type JobDefinition, type RunContext } from '../../../lib/platform/job.ts';
import type { Report } from '../../../lib/platform/report.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { ModelState } from '../../support/model-state-store.ts';
import { recordingLog, recordingMetrics, recordingNotifier, steppingClock } from '../../support/recorders.ts';

interface Light {
  readonly name: string;
  readonly on: boolean;
}

const eventSchema = z.strictObject({ room: z.string().default('all'), dryRun: z.boolean().default(false), runId: z.string().optional() });
type Event = z.output<typeof eventSchema>;
type Definition = JobDefinition<Event, { readonly lights: readonly Light[] }, Map<string, boolean>, readonly Light[], readonly string[]>;

/** A job that switches lights off; its world is a map of them. */
function lightsOut(more: Partial<Definition> = {}): {
  job: Job<{ readonly lights: readonly Light[] }>;
  steps: string[];
  contexts: RunContext[];
} {
  const steps: string[] = [];
  const contexts: RunContext[] = [];
  const outcome = (off: readonly string[], action: string) => ({
    status: 'ok' as const,
    summary: `${off.length} lights`,
    counts: { planned: off.length, changed: action === 'off' ? off.length : 0 },
    items: off.map((ref) => ({ ref, action, reason: 'nobody is here' })),
    remaining: 0,
  });
  const job = defineJob<Event, { readonly lights: readonly Light[] }, Map<string, boolean>, readonly Light[], readonly string[]>({
    name: 'lights-out',
    summary: 'switches lights off',
    event: eventSchema,
    config: () => ({
      lights: [
        { name: 'hall', on: true },
        { name: 'porch', on: false },
      ],
    }),
    compose: ({ lights }, context) => {
      steps.push('compose');
      contexts.push(context);
      return new Map(lights.map((light) => [light.name, light.on]));
    },
    observe: async (_event, world) => {
      steps.push('observe');
      return [...world].map(([name, on]) => ({ name, on }));
    },
    decide: (lights) => {
      steps.push('decide');
      return lights.filter((light) => light.on).map((light) => light.name);
    },
    preview: (off) => {
      steps.push('preview');
      return outcome(off, 'would switch off');
    },
    act: async (off, world) => {
      steps.push('act');
      for (const name of off) world.set(name, false);
      return outcome(off, 'off');
    },
    close: () => {
      steps.push('close');
    },
    ...more,
  });
  return { job, steps, contexts };
}

const start = Date.parse('2026-03-30T23:00:00Z');

describe('a run', () => {
  it('parses, observes, decides, acts and signs the report', async () => {
    const { job, steps } = lightsOut();

    const report = await job.run({}, { clock: steppingClock(start) });

    expect(steps).toEqual(['compose', 'observe', 'decide', 'act', 'close']);
    expect(report).toMatchObject({
      job: 'lights-out',
      status: 'ok',
      counts: { planned: 1, changed: 1 },
      items: [{ ref: 'hall', action: 'off' }],
    });
    expect(report.runId).toMatch(/^20260330T230000Z-/);
  });

  it.each([undefined, null, {}])('takes %j for the default event', async (event) => {
    const seen: Event[] = [];
    const { job } = lightsOut({
      observe: async (parsed) => {
        seen.push(parsed);
        return [];
      },
    });

    await job.run(event);

    expect(seen).toEqual([{ room: 'all', dryRun: false }]);
  });

  it.each([
    ['the event', { dryRun: true }, {}],
    ['the caller', {}, { dryRun: true }],
  ])('prints the decision and changes nothing when %s asks for a dry run', async (_, event, options) => {
    const { job, steps } = lightsOut();

    const report = await job.run(event, options);

    expect(steps).toEqual(['compose', 'observe', 'decide', 'preview', 'close']);
    expect(report.items).toEqual([{ ref: 'hall', action: 'would switch off', reason: 'nobody is here' }]);
  });

  it('lets a job say which events are dry runs', async () => {
    const { job, steps } = lightsOut({ isDryRun: (event) => event.room === 'museum' });

    await job.run({ room: 'museum' });

    expect(steps).toContain('preview');
    expect(steps).not.toContain('act');
  });

  it('uses the run id of its caller, else that of its event, in context, report and log', async () => {
    const { job, contexts } = lightsOut({ runIdOf: (event) => event.runId });
    const { log, lines } = recordingLog();

    const fromEvent = await job.run({ runId: 'from-event' }, { log });
    const fromCaller = await job.run({ runId: 'from-event' }, { runId: 'from-caller' });

    expect([fromEvent.runId, fromCaller.runId]).toEqual(['from-event', 'from-caller']);
    expect(contexts.map((context) => context.runId)).toEqual(['from-event', 'from-caller']);
    expect(lines.map((line) => line.fields.runId)).toEqual(['from-event']);
  });

  it('refuses an event with unknown or wrong fields, naming each, before anything is composed', async () => {
    const { job, steps } = lightsOut();

    const error = await job.run({ rooom: 'hall', dryRun: 'yes' }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
    expect(String(error)).toContain('event.rooom: unknown field');
    expect(String(error)).toContain('event.dryRun: invalid input: expected boolean');
    expect(steps).toEqual([]);
  });

  it('reads configuration from the environment and parameters it was given', async () => {
    const seen: unknown[] = [];
    const parameters = { get: async (name: string) => `value of ${name}`, secret: async () => new Secret('s') };
    const { job } = lightsOut({
      config: async (env, source) => {
        seen.push(env.ROOM, await source.get('/policy'));
        return { lights: [] };
      },
    });

    await job.run({}, { env: { ROOM: 'hall' }, parameters });

    expect(seen).toEqual(['hall', 'value of /policy']);
  });

  it('does not read the environment when it was given a configuration', async () => {
    const { job } = lightsOut({ config: (env) => parseConfig(z.object({ NEVER_SET: z.string() }), env) as never });

    const report = await job.run({}, { config: { lights: [{ name: 'attic', on: true }] }, env: {} });

    expect(report.items).toMatchObject([{ ref: 'attic' }]);
  });

  it('reads the clock once for the decision', async () => {
    const nows: number[] = [];
    const { job } = lightsOut({
      decide: (_lights, _event, now) => {
        nows.push(now);
        return [];
      },
    });

    await job.run({}, { clock: steppingClock(start) });

    expect(nows).toEqual([start]);
  });

  it('hands progress to the caller', async () => {
    const told: string[] = [];
    const { job } = lightsOut({
      act: async (_off, _world, { progress }) => {
        progress(1, 2, 'hall');
        return { status: 'ok', summary: '', counts: {}, items: [], remaining: 0 };
      },
    });

    await job.run({}, { progress: (done, total, label) => told.push(`${done}/${total} ${label}`) });

    expect(told).toEqual(['1/2 hall']);
  });

  it('ends its signal when the caller stops it', async () => {
    const controller = new AbortController();
    const { job } = lightsOut({
      observe: async (_event, _world, { deadline }) => {
        const before = deadline.expired();
        controller.abort(new Error('Ctrl-C'));
        expect([before, deadline.expired(), deadline.remainingMs()]).toEqual([false, true, 0]);
        deadline.signal.throwIfAborted();
        return [];
      },
    });

    await expect(job.run({}, { signal: controller.signal })).rejects.toThrow('Ctrl-C');
  });

  it('is abandoned, and says so, when something in it ignores the deadline', async () => {
    const { job } = lightsOut({ observe: () => new Promise(() => {}) });

    await expect(job.run({}, { budgetMs: 5, graceMs: 5 })).rejects.toMatchObject({ code: 'deadline' });
  });

  it('closes what it opened when a step throws', async () => {
    const { job, steps } = lightsOut({
      observe: async () => {
        throw new Error('no power');
      },
    });

    await expect(job.run({})).rejects.toThrow('no power');
    expect(steps).toEqual(['compose', 'close']);
  });

  it('keeps its report when closing fails', async () => {
    const { log, lines } = recordingLog();
    const { job } = lightsOut({
      close: () => {
        throw new Error('already closed');
      },
    });

    const report = await job.run({}, { log });

    expect(report.status).toBe('ok');
    expect(lines.map((line) => [line.level, line.message])).toEqual([
      ['warn', 'run could not be closed cleanly'],
      ['info', 'run finished'],
    ]);
  });
});

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
