import * as z from 'zod';
import { defineJob, type Job, type JobDefinition, type RunContext } from '../../../../lib/platform/job.ts';

export interface Light {
  readonly name: string;
  readonly on: boolean;
}

const eventSchema = z.strictObject({ room: z.string().default('all'), dryRun: z.boolean().default(false), runId: z.string().optional() });
export type Event = z.output<typeof eventSchema>;
export type Definition = JobDefinition<
  Event,
  { readonly lights: readonly Light[] },
  Map<string, boolean>,
  readonly Light[],
  readonly string[]
>;

/** A job that switches lights off; its world is a map of them. */
export function lightsOut(more: Partial<Definition> = {}): {
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

export const start = Date.parse('2026-03-30T23:00:00Z');
