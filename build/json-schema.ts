import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configurationJsonSchema } from '../lib/configuration/json-schema.ts';
import { suiteJsonSchema } from '../lib/smoke/suite/json-schema.ts';

/** `npm run build:schema`: writes the published JSON schemas of nightshift.yaml and of smoke suites; tests tell when they have fallen behind. */
const folder = join(resolve(import.meta.dirname, '..'), 'schema');
const schemas = { 'nightshift.schema.json': configurationJsonSchema(), 'smoke-suite.schema.json': suiteJsonSchema() };
for (const [file, schema] of Object.entries(schemas)) await writeFile(join(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
