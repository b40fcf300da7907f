import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configurationJsonSchema } from '../lib/configuration/json-schema.ts';

/** `npm run build:schema`: writes the published JSON schema of nightshift.yaml; a test tells when it has fallen behind. */
const file = join(resolve(import.meta.dirname, '..'), 'schema', 'nightshift.schema.json');
await writeFile(file, `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`);
