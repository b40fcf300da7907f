import * as z from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of what is written for a zod schema, for editors: draft 7, which yaml-language-server understands best.
 * What zod checks by code is not in it.
 */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  return { $schema, ...rest };
}

/** The largest and smallest whole numbers that JavaScript knows are nothing that people want to read about. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
