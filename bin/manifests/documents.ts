import { Composer, type Document, LineCounter, Parser, type YAMLError } from 'yaml';
import { BadInputError, messageOf } from '../../lib/platform/errors.ts';
import { jsonDocuments } from './json-documents.ts';
import type { Source } from './source.ts';

/** One document of a source. `where` names it for people: `app.yaml, document 2 (line 14)`. */
export interface SourceDocument {
  readonly value: unknown;
  readonly where: string;
  /** Of a file that a directory was searched for. */
  readonly found: boolean;
}

/** Aliases that one document may resolve: manifests use a handful, and a "billion laughs" needs thousands. */
const MOST_ALIASES = 1_000;

/**
 * The documents of a YAML or JSON text, empty ones left out, one after the other: the tree that YAML is parsed into takes many times the room of its text.
 * @throws BadInputError that names the file, the document and the line
 */
export function* documentsOf(source: Source): Generator<SourceDocument, void> {
  for (const { value, where } of jsonDocuments(source) ?? yamlDocuments(source)) yield { value, where, found: source.found };
}

type Read = Pick<SourceDocument, 'value' | 'where'>;

function* yamlDocuments({ name, text }: Source): Generator<Read, void> {
  const lines = new LineCounter();
  const composer = new Composer({ merge: true, prettyErrors: false, logLevel: 'silent' });
  const stream = composer.compose(new Parser(lines.addNewLine).parse(text));
  for (let number = 1; ; number++) {
    const where = `${name}, document ${number}`;
    const next = withinDepth(where, () => stream.next());
    if (next.done) return;
    const document = next.value;
    const [error] = document.errors;
    if (error) throw syntaxError(where, error, lines);
    const value = withinDepth(where, () => plainValue(document, where));
    const { line } = lines.linePos(document.contents?.range[0] ?? document.range[0]);
    if (value !== null && value !== undefined) yield { value, where: `${where} (line ${line})` };
  }
}

function syntaxError(where: string, error: YAMLError, lines: LineCounter): BadInputError {
  // The parser reports an exhausted stack as if it were a mistake at that place.
  if (/call stack/i.test(error.message)) return tooDeep(where, error);
  const { line, col } = lines.linePos(error.pos[0]);
  return new BadInputError(`${where} cannot be read: line ${line}, column ${col}: ${lowerFirst(error.message)}`, {
    hint: 'correct the YAML or JSON at that place',
  });
}

function plainValue(document: Document.Parsed, where: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new BadInputError(`${where} was refused: ${lowerFirst(messageOf(error))}`, { cause: error, hint: 'write the aliased parts out' });
  }
}

function withinDepth<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(where, error);
  }
}

function tooDeep(where: string, cause: unknown): BadInputError {
  return new BadInputError(`${where} was refused: it is nested too deeply`, {
    cause,
    hint: 'manifests are a few levels deep; check the file',
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
