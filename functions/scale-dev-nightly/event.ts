import * as z from 'zod';
import { parseIsoInstant } from '../../lib/platform/iso-instant.ts';

/** ISO 8601 with a zone, as the CLI takes it; epoch milliseconds once read. */
const instant = z.string().transform((text, context): number => {
  const at = parseIsoInstant(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'must be an instant in ISO 8601 with a zone, as in 2026-03-30T20:00:00Z' });
  return z.NEVER;
});

/**
 * The event of scale-dev-nightly; an empty one means reconcile. Unknown fields are errors.
 * `at` replaces the clock in the decision only; `runId` makes a repeated delivery the same run.
 */
export const scaleEventSchema = z.strictObject({
  action: z.enum(['reconcile', 'sleep', 'wake', 'plan', 'restore']).default('reconcile'),
  /** Only this cluster of the configuration. */
  cluster: z.string().min(1).optional(),
  namespaces: z.array(z.string().min(1)).min(1).optional(),
  at: instant.optional(),
  dryRun: z.boolean().default(false),
  /** A new run's id; for `restore`, the run whose originals are put back. */
  runId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'must be up to 128 letters, digits, dots, dashes and underscores')
    .optional(),
});

export type ScaleEvent = z.output<typeof scaleEventSchema>;
