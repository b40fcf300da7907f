import { type Document, parseAllDocuments } from 'yaml';
import { messageOf } from '../../platform/errors.ts';
import type { Json } from '../json.ts';
import { nameByText } from './name-by-text.ts';
import { PatchRefusedError } from './patch-error.ts';

export type YamlVersion = '1.1' | '1.2';

/** A file shares a section among a few places; one that unfolds without end needs thousands. */
const MOST_ALIASES = 1_000;

/** The values of all documents, merge keys resolved, as one version of YAML reads them. @throws PatchRefusedError for what has no plain value */
export function readValues(text: string, version: YamlVersion): Json[] {
  const documents = parseAllDocuments(text, { version, merge: true, logLevel: 'error', prettyErrors: false });
  if ('empty' in documents) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw new PatchRefusedError(`the file was not patched: ${error.message}`, { hint: 'correct it first' });
    return plain(document);
  });
}

/** YAML 1.1 has dates, sets and binary values, of which JSON knows nothing: they are compared by their texts. */
function plain(document: Document.Parsed): Json {
  nameByText(document);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return JSON.parse(JSON.stringify(value ?? null)) as Json;
  } catch (error) {
    // An alias without its anchor, a merge of what is no map, or more aliases than anybody writes.
    throw new PatchRefusedError(`the file was not patched: ${messageOf(error)}`, { cause: error, hint: 'write the aliased parts out' });
  }
}
