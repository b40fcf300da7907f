import type * as z from 'zod';
import { BadInputError } from './errors.ts';
import { pathText, problemsOf } from './schema-problems.ts';

/**
 * Validates an event at the door. Nothing at all (`undefined`, `null`) is the default event `{}`.
 * @throws BadInputError that lists every problem
 */
export function parseEvent<Event>(job: string, schema: z.ZodType<Event>, event: unknown): Event {
  const parsed = schema.safeParse(event ?? {});
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error).map(({ path, message }) => `${pathText(['event', ...path])}: ${message}`);
  throw new BadInputError(`${job} can't take this event: ${problems.join('; ')}`, {
    hint: 'correct the event; {} is the default event of every job',
  });
}
