import { type JsonSchema, jsonSchemaOf } from '../platform/json-schema.ts';
import { configurationSchema } from './schema.ts';

/**
 * The JSON schema of `nightshift.yaml`. It says what a file may hold, not whether its parts fit together (time specs, stages that clusters name,
 * lengths of names): `nightshift config check` does.
 */
export function configurationJsonSchema(): JsonSchema {
  return jsonSchemaOf(configurationSchema);
}
