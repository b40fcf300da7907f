import { type JsonSchema, jsonSchemaOf } from '../../platform/json-schema.ts';
import { suiteResultSchema } from './result-schema.ts';

/** The JSON schema of the JSON report, for programs that read it. */
export function resultJsonSchema(): JsonSchema {
  return jsonSchemaOf(suiteResultSchema);
}
