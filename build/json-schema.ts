import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configurationJsonSchema } from '../lib/configuration/json-schema.ts';
import { resultJsonSchema } from '../lib/smoke/report/result-json-schema.ts';
import { suiteJsonSchema } from '../lib/smoke/suite/json-schema.ts';

/** `npm run build:schema`: writes the published JSON schemas of nightshift.yaml, of smoke suites and of their reports; tests tell when they have fallen behind. */
const folder = join(resolve(import.meta.dirname, '..'), 'schema');
const schemas = {
  'nightshift.schema.json': configurationJsonSchema(),
  'smoke-suite.schema.json': suiteJsonSchema(),
  'smoke-report.schema.json': resultJsonSchema(),
};
for (const [file, schema] of Object.entries(schemas)) await writeFile(join(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
