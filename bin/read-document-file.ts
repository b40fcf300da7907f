import { BadInputError } from '../lib/platform/errors.ts';
import type { InputStream } from './io.ts';
import { documentsOf } from './manifests/documents.ts';
import { readSources } from './manifests/source.ts';

/**
 * The one document of a YAML or JSON file; `-` is standard input.
 * @param what what errors call it, as in `the policy file`
 * @throws BadInputError naming the file and the line
 */
export async function readDocumentFile(path: string, what: string, stdin: InputStream): Promise<unknown> {
  const [source, another] = await readSources([path], { stdin });
  if (!source || another) throw new BadInputError(`${what} ${path} cannot be used: it is a directory`, { hint: 'give one file' });
  const [document, more] = [...documentsOf(source)];
  if (!document) throw new BadInputError(`${what} ${source.name} cannot be used: it is empty`, { hint: 'write one YAML or JSON document' });
  if (more) throw new BadInputError(`${what} ${source.name} cannot be used: it holds several documents`, { hint: 'leave one' });
  return document.value;
}
