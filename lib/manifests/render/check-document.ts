import { type Document, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, type Scalar, type YAMLMap } from 'yaml';
import { sameJson } from '../set/prove.ts';
import type { Emitted } from './emitted.ts';
import { PLACEHOLDER } from './run-template.ts';

/** Both are read by one tool or another: kubectl reads 1.1 in part. */
const VERSIONS = ['1.2', '1.1'] as const;

/** Why a text is not what its template says, for people; undefined when it is. */
export type Flaw = string | undefined;

/**
 * Does every value that was put into a text stand in it as that value, of its type, and nothing else change with it?
 * @param pattern the text with a placeholder for each value @param text the text itself
 */
export function flawOf(pattern: string, text: string, outputs: readonly Emitted[]): Flaw {
  for (const version of VERSIONS) {
    const [expected, actual] = [read(pattern, version), read(text, version)];
    const broken = syntaxFlaw(actual);
    if (broken !== undefined) return broken;
    if (expected.length !== actual.length) return 'makes another document';
    for (const [index, document] of expected.entries()) {
      const flaw = compare(document.contents, actual[index]?.contents, outputs);
      if (flaw !== undefined) return flaw;
    }
  }
  return undefined;
}

function read(text: string, version: (typeof VERSIONS)[number]): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { version, uniqueKeys: false, intAsBigInt: true, logLevel: 'error', prettyErrors: false });
  return 'empty' in documents ? [] : documents;
}

function syntaxFlaw(documents: readonly Document.Parsed[]): Flaw {
  const [error] = documents.flatMap(({ errors }) => errors);
  return error && `leaves no YAML: ${error.message}`;
}

function compare(expected: unknown, actual: unknown, outputs: readonly Emitted[]): Flaw {
  if (isPair(expected) && isPair(actual))
    return compare(expected.key, actual.key, outputs) ?? compare(expected.value, actual.value, outputs);
  if ((isMap(expected) && isMap(actual)) || (isSeq(expected) && isSeq(actual))) {
    if (expected.items.length !== actual.items.length) return 'adds or takes entries';
    if (isMap(expected) && isMap(actual) && hasDoubleKey(actual) && !hasDoubleKey(expected))
      return 'makes a key that is there already: only one of the two would count';
    return expected.items.map((item, index) => compare(item, actual.items[index], outputs)).find((flaw) => flaw !== undefined);
  }
  if (isScalar(expected)) return isScalar(actual) ? compareScalars(expected, actual, outputs) : 'makes a map or a list of a value';
  if (isAlias(expected)) return isAlias(actual) && actual.source === filled(expected.source, outputs) ? undefined : 'changes an alias';
  return expected === actual ? undefined : 'makes another structure';
}

function hasDoubleKey({ items }: YAMLMap): boolean {
  const keys = items.flatMap(({ key }) => (isScalar(key) ? [key.value] : []));
  return new Set(keys).size < keys.length;
}

function compareScalars(expected: Scalar, actual: Scalar, outputs: readonly Emitted[]): Flaw {
  if (typeof expected.value !== 'string')
    return Object.is(expected.value, actual.value) || String(expected.value) === String(actual.value) ? undefined : 'changes another value';
  const whole = /^\uE000(\d+)\uE001$/.exec(expected.value)?.[1];
  const alone = whole !== undefined && expected.type === 'PLAIN' ? outputs[Number(whole)] : undefined;
  const meant = alone && typeof alone.meaning !== 'string' ? alone.meaning : filled(expected.value, outputs);
  if (sameJson(actual.value, meant) || sameBlock(actual, meant)) return undefined;
  const wanted = `${typeof meant === 'string' ? `text ${JSON.stringify(meant)}` : meant}`.replaceAll(PLACEHOLDER, '...');
  return `is read as ${readAs(actual.value, kindOf(meant))} where it stands, not as the ${wanted}; write it with | quote`;
}

/** A block scalar ends in as many line breaks as its header says, whatever the value ends in. */
function sameBlock({ type, value }: Scalar, meant: unknown): boolean {
  if (!type?.startsWith('BLOCK') || typeof value !== 'string' || typeof meant !== 'string') return false;
  return value.replace(/\n+$/, '') === meant.replace(/\n+$/, '');
}

function readAs(value: unknown, wanted: string): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return 'a date';
  const text = typeof value === 'string' ? JSON.stringify(value).replaceAll(PLACEHOLDER, '...') : String(value);
  return kindOf(value) === wanted ? text : `the ${kindOf(value)} ${text}`;
}

function kindOf(value: unknown): string {
  return typeof value === 'bigint' ? 'number' : typeof value;
}

/** A text with what its placeholders mean. What was captured has placeholders of outputs before it. */
export function filled(text: string, outputs: readonly Emitted[], before = outputs.length): string {
  return text.replaceAll(PLACEHOLDER, (mark, number) => {
    const index = Number(number);
    return index < before ? filled(String(outputs[index]?.meaning ?? ''), outputs, index) : mark;
  });
}
