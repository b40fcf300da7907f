import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseConfig } from '../../../lib/platform/config.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { recordingLog, steppingClock } from '../../support/recorders.ts';
import { type Event, lightsOut, start } from './support/lights-out.ts';

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
