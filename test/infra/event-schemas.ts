import type { ZodType } from 'zod';
import { smokeEventSchema } from '../../functions/post-deploy-smoke/event.ts';
import { scaleEventSchema } from '../../functions/scale-dev-nightly/event.ts';

/** What each function takes, by its job: whatever the stack sends or offers has to fit. A function that is missing here fails the tests that look it up. */
const schemas: Readonly<Record<string, ZodType>> = {
  'scale-dev-nightly': scaleEventSchema,
  'post-deploy-smoke': smokeEventSchema,
};

export function eventSchemaOf(job: string): ZodType {
  const schema = Object.hasOwn(schemas, job) ? schemas[job] : undefined;
  if (!schema) throw new Error(`test/infra/event-schemas.ts has no event schema for ${job}`);
  return schema;
}
