import { basename } from 'node:path';
import { BadInputError } from '../../lib/platform/errors.ts';
import { readSuite } from '../../lib/smoke/suite/read-suite.ts';
import type { Suite } from '../../lib/smoke/suite/suite.ts';
import type { Io } from '../io.ts';
import { readSources } from '../manifests/source.ts';

/** The suite of a file; it is named after the file unless it has a name. @throws BadInputError with every problem and its place */
export async function readSuiteFile(file: string, io: Pick<Io, 'stdin'>): Promise<Suite> {
  const [source] = await readSources([file], io);
  if (source === undefined || source.found)
    throw new BadInputError(`${file} cannot be read: it is a directory`, { hint: 'name the suite in it' });
  const name = file === '-' ? 'suite' : basename(file).replace(/\.(?:ya?ml|json)$/, '');
  return readSuite(source.text, { name, source: source.name });
}
