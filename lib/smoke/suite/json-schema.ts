import { type JsonSchema, jsonSchemaOf } from '../../platform/json-schema.ts';
import { suiteSchema } from './schema.ts';

/** The JSON schema of a smoke suite. It says what a suite may hold, not whether its parts fit together: names, dependencies, paths, patterns. */
export function suiteJsonSchema(): JsonSchema {
  return jsonSchemaOf(suiteSchema);
}
