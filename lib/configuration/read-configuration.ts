import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { pathText, problemsOf } from '../platform/schema-problems.ts';
import { checkClusters } from './check-clusters.ts';
import { checkSchedules } from './check-schedules.ts';
import { outlineOf } from './outline.ts';
import { type Configuration, configurationSchema } from './schema.ts';

/** Something to mend, or to look at, in the file; lines and columns count from 1. */
export interface ConfigurationRemark {
  /** `clusters[0].stage`; '' for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ConfigurationResult =
  | { readonly ok: true; readonly configuration: Configuration; readonly warnings: readonly ConfigurationRemark[] }
  | { readonly ok: false; readonly problems: readonly ConfigurationRemark[] };

/** More than any editor writes by hand; a file that unfolds to more by aliases is refused by the parser. */
const LARGEST_FILE_CHARACTERS = 1_000_000;

/** Reads the text of a `nightshift.yaml` (JSON is YAML too). Never throws; every problem is reported, each where it is. */
export function readConfiguration(text: string): ConfigurationResult {
  if (text.length > LARGEST_FILE_CHARACTERS) return refused('', { line: 1, column: 1 }, 'is larger than a megabyte');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => ({ path: '', ...at(lines, error.pos[0]), message: error.message })) };
  }
  const locate = (path: readonly PropertyKey[]): Place => placeOf(document, lines, path);
  const remark = (path: readonly PropertyKey[], message: string): ConfigurationRemark => ({
    path: pathText(path),
    ...locate(path),
    message,
  });
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return refused('', { line: 1, column: 1 }, error instanceof Error ? error.message : String(error));
  }
  const parsed = configurationSchema.safeParse(value);
  const outline = outlineOf(value);
  const { problems: inSpecs, warnings } = checkSchedules(outline);
  const problems = [...(parsed.success ? [] : problemsOf(parsed.error)), ...checkClusters(outline), ...inSpecs];
  if (!parsed.success || problems.length > 0) {
    const remarks = problems.map(({ path, message }) => remark(path, message));
    return { ok: false, problems: remarks.sort((a, b) => a.line - b.line || a.column - b.column) };
  }
  return { ok: true, configuration: parsed.data, warnings: warnings.map(({ path, message }) => remark(path, message)) };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function refused(path: string, place: Place, message: string): ConfigurationResult {
  return { ok: false, problems: [{ path, ...place, message }] };
}

/** Where the key of `path` is written, or that of the nearest thing above it that is written at all. */
function placeOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): Place {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return at(lines, offset);
  }
  return { line: 1, column: 1 };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : undefined;
}

function at(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
