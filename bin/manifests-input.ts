import { BadInputError } from '../lib/platform/errors.ts';
import type { Io } from './io.ts';
import { documentsOf, type SourceDocument } from './manifests/documents.ts';
import { objectsOf, type ReadObjects } from './manifests/objects.ts';
import { readSources, type Source } from './manifests/source.ts';

/**
 * The Kubernetes objects that `-f` names: YAML or JSON, several documents, lists, files, directories, `-` for standard input.
 * @throws BadInputError that names the file, the document and the line
 */
export async function readManifests(paths: readonly string[], io: Pick<Io, 'stdin'>): Promise<ReadObjects> {
  const sources = await readSources(paths, io);
  const { documents, ...read } = objectsOf(allDocuments(sources));
  if (documents === 0) {
    throw new BadInputError(`${paths.join(', ')} cannot be used: there is nothing in it`, {
      hint: 'give at least one manifest; an empty kind: List will do',
    });
  }
  return read;
}

function* allDocuments(sources: readonly Source[]): Generator<SourceDocument, void> {
  for (const source of sources) yield* documentsOf(source);
}
