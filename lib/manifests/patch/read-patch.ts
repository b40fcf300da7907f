import { parseAllDocuments } from 'yaml';
import type { Json } from '../json.ts';
import { BadPatchError } from './patch-error.ts';

/**
 * A patch as it was written, in YAML or JSON.
 * @param what what errors call it, as in `the patch` @throws BadPatchError when it is neither, or more than one document
 */
export function readPatch(text: string, what: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return readYamlPatch(text, what);
  }
}

function readYamlPatch(text: string, what: string): Json {
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'error', prettyErrors: false });
  const [document, another] = 'empty' in documents ? [] : documents;
  const [error] = document?.errors ?? [];
  const line = error ? ` (line ${text.slice(0, error.pos[0]).split('\n').length})` : '';
  const hint = 'write it as JSON or YAML';
  if (error) throw new BadPatchError(`${what} cannot be read${line}: ${error.message}`, { hint });
  const value: unknown = document?.toJS({ maxAliasCount: 100 });
  if (another) throw new BadPatchError(`${what} cannot be used: it holds several documents`, { hint: 'leave one' });
  if (value === null || value === undefined) throw new BadPatchError(`${what} cannot be used: it is empty`, { hint });
  // Only what JSON has can be sent to a server as a patch.
  return JSON.parse(JSON.stringify(value)) as Json;
}
