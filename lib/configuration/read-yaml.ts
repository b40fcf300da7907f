import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { pathText } from '../platform/schema-problems.ts';
import { type Place, placeAt, type YamlPlaces, yamlPlaces } from './yaml-places.ts';
import { type YamlTrap, yamlTraps } from './yaml-traps.ts';

/** Something to mend, or to look at, in the file; lines and columns count from 1. */
export interface ConfigurationRemark extends Place {
  /** `clusters[0].stage`; '' for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export type YamlResult =
  | { readonly ok: true; readonly value: unknown; readonly places: YamlPlaces; readonly problems: readonly ConfigurationRemark[] }
  | { readonly ok: false; readonly problems: readonly ConfigurationRemark[] };

/** More than anybody writes by hand. */
const LARGEST_FILE_CHARACTERS = 1_000_000;
/** A file shares a section among a few stages; a file that unfolds without end needs thousands. */
const MOST_ALIASES = 100;

const START: Place = { line: 1, column: 1 };

/**
 * The value of a YAML (or JSON) text, and where its parts are written. `problems` are those that leave a value to be looked at.
 * Never throws. Merge keys (`<<`) are understood.
 */
export function readYaml(text: string): YamlResult {
  if (text.length > LARGEST_FILE_CHARACTERS) return refused('is larger than a megabyte');
  try {
    return readDocument(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof RangeError) return refused('is nested too deeply');
    return refused(lowerFirst(error instanceof Error ? error.message : String(error)));
  }
}

function readDocument(text: string): YamlResult {
  const lines = new LineCounter();
  // Whether a word is said twice is told by `yaml-traps.ts`: the parser's own check compares each with each.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', merge: true, uniqueKeys: false });
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.some(({ message }) => /call stack/i.test(message))) return refused('is nested too deeply');
  if (syntax.length > 0) return { ok: false, problems: syntax.map((error) => syntaxProblem(error, lines)) };
  const problems = yamlTraps(document).map((trap) => trapProblem(trap, lines));
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { ok: true, value, places: yamlPlaces(document, lines), problems };
  } catch (error) {
    if (problems.length > 0) return { ok: false, problems };
    if (/alias count/i.test(String(error))) return refused('unfolds to far more than is written, by its aliases; write those parts out');
    throw error;
  }
}

function syntaxProblem({ code, message, pos }: YAMLError, lines: LineCounter): ConfigurationRemark {
  const several = code === 'MULTIPLE_DOCS';
  return {
    path: '',
    ...placeAt(lines, pos[0]),
    message: several ? 'is a second document; leave one, and take out the line ---' : lowerFirst(message),
  };
}

function trapProblem({ path, offset, message, first }: YamlTrap, lines: LineCounter): ConfigurationRemark {
  const before = first === undefined ? '' : ` (first in line ${placeAt(lines, first).line})`;
  return { path: pathText(path), ...placeAt(lines, offset), message: `${message}${before}` };
}

function refused(message: string): Extract<YamlResult, { ok: false }> {
  return { ok: false, problems: [{ path: '', ...START, message }] };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
