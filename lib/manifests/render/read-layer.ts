import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import { BadInputError, messageOf } from '../../platform/errors.ts';
import { isValueMap, type Value, type ValueMap } from '../json.ts';
import { plainValue } from './plain-value.ts';

export interface ValuesLayer {
  /** Integers have all their digits. */
  readonly values: ValueMap;
  /** Numbers that come out otherwise than they are written. */
  readonly warnings: readonly string[];
}

const MOST_ALIASES = 1_000;

/** A file of values, YAML or JSON; an empty one has none. @throws BadInputError that names the file and the line */
export function readLayer(text: string, name: string): ValuesLayer {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, intAsBigInt: true, logLevel: 'error', prettyErrors: false });
  const [document, another] = 'empty' in documents ? [] : documents;
  if (!document) return { values: {}, warnings: [] };
  const [error] = document.errors;
  const where = (offset: number): string => `${name}, line ${lines.linePos(offset).line}`;
  if (error) throw new BadInputError(`the values ${where(error.pos[0])} cannot be read: ${error.message}`, { hint: 'correct the file' });
  if (another)
    throw new BadInputError(`the values ${name} cannot be used: they are several documents`, { hint: 'give each as a file of its own' });
  const values = plain(document, name);
  if (values !== null && !isValueMap(values))
    throw new BadInputError(`the values ${name} cannot be used: they are no map`, { hint: 'values have names, as in image: {tag: v2}' });
  return { values: values ?? {}, warnings: changedNumbers(document, where) };
}

function plain(document: Document, name: string): Value {
  try {
    return plainValue(document.toJS({ maxAliasCount: MOST_ALIASES }));
  } catch (error) {
    throw new BadInputError(`the values ${name} cannot be used: ${messageOf(error)}`, {
      cause: error,
      hint: 'write aliased parts out, and such a number as a text',
    });
  }
}

/** `1.20` becomes 1.2, `0644` 644, and a fraction of twenty digits loses some. */
function changedNumbers(node: unknown, where: (offset: number) => string): readonly string[] {
  if (isScalar(node)) {
    const { value, source = '', range } = node;
    if ((typeof value !== 'number' && typeof value !== 'bigint') || String(value) === source) return [];
    return [`${where(range?.[0] ?? 0)}: ${source} is a number and comes out as ${value}; write "${source}" for the text`];
  }
  if (isPair(node)) return [...changedNumbers(node.key, where), ...changedNumbers(node.value, where)];
  const items = isMap(node) || isSeq(node) ? node.items : isDocument(node) ? [node.contents] : [];
  return items.flatMap((item: unknown) => changedNumbers(item, where));
}

function isDocument(node: unknown): node is Document {
  return typeof node === 'object' && node !== null && 'contents' in node;
}
