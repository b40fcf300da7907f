import type { Source } from './source.ts';

interface JsonDocument {
  readonly value: unknown;
  readonly where: string;
}

/**
 * The values of a JSON text, one or several after each other as kubectl takes them. JSON is YAML too, but its own parser is many times faster,
 * and YAML has no documents without a line between them.
 * @returns undefined when it is not JSON throughout: the YAML parser says in which line it is wrong, or takes it for the flow-style YAML that it may be
 */
export function jsonDocuments({ name, text }: Pick<Source, 'name' | 'text'>): readonly JsonDocument[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const only = parse(text);
  if (only) return [{ value: only.value, where: name }];
  const documents: JsonDocument[] = [];
  let line = 1;
  for (const piece of topLevelValues(text)) {
    const parsed = parse(piece.text);
    if (!parsed) return undefined;
    line += linesIn(text, piece.previousStart, piece.start);
    documents.push({ value: parsed.value, where: `${name}, document ${documents.length + 1} (line ${line})` });
  }
  return documents;
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly previousStart: number;
}

/** Cuts behind each bracket that closes the outermost one. What is left over at the end is a piece too, and no JSON. */
function* topLevelValues(text: string): Generator<Piece, void> {
  let previousStart = 0;
  for (let start = skipSpace(text, 0); start < text.length; ) {
    const end = endOfValue(text, start);
    yield { text: text.slice(start, end), start, previousStart };
    previousStart = start;
    start = skipSpace(text, end);
  }
}

/** A loop and no regular expression: a string of some megabytes would exhaust the stack of one. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth <= 0) return index + 1;
  }
  return text.length;
}

function skipSpace(text: string, from: number): number {
  const space = /\s*/y;
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

function linesIn(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1;
}
