import * as z from 'zod';
import { configurationSchema } from './schema.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of `nightshift.yaml`, for editors: draft 7, which yaml-language-server understands best. It says what a file may hold, not
 * whether its parts fit together (time specs, stages that clusters name, lengths of names): `nightshift config check` does.
 */
export function configurationJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(configurationSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  return { $schema, ...rest };
}

/** The largest whole number that JavaScript knows is nothing that people want to read about. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
