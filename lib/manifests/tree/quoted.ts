import { behindBreak, CARRIAGE_RETURN, type Cursor, fail, LINE_FEED, markerAt, ScanFailure, spacesAt, startLine } from './cursor.ts';
import type { FlowScalarNode, Properties } from './nodes.ts';

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;
const ESCAPE = /\\(?:[0abt\tnvfre "/\\N_LP]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|\r?\n)/y;

/**
 * Reads a quoted scalar, over several lines if need be.
 * @param parent column of the collection it is in; its further lines are indented more
 */
export function readQuoted(cursor: Cursor, parent: number, properties: Properties | undefined): FlowScalarNode {
  const { text, pos: start } = cursor;
  const quote = text.charCodeAt(start);
  cursor.pos += 1;
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (Number.isNaN(code)) throw new ScanFailure(start, 'a quote is not closed');
    if (code === quote && !(quote === SINGLE_QUOTE && text.charCodeAt(cursor.pos + 1) === SINGLE_QUOTE)) break;
    step(cursor, code, { quote, parent });
  }
  cursor.pos += 1;
  return { type: 'scalar', style: quote === DOUBLE_QUOTE ? 'double' : 'single', start, end: cursor.pos, properties };
}

interface Quoted {
  readonly quote: number;
  readonly parent: number;
}

function step(cursor: Cursor, code: number, { quote, parent }: Quoted): void {
  if (code === LINE_FEED || code === CARRIAGE_RETURN) continueOnNextLine(cursor, parent);
  else if (code === SINGLE_QUOTE && quote === SINGLE_QUOTE) cursor.pos += 2;
  else if (code === BACKSLASH && quote === DOUBLE_QUOTE) skipEscape(cursor, parent);
  else cursor.pos += 1;
}

function skipEscape(cursor: Cursor, parent: number): void {
  ESCAPE.lastIndex = cursor.pos;
  const [sequence] = ESCAPE.exec(cursor.text) ?? fail(cursor, 'there is no such escape');
  if (sequence.endsWith('\n')) {
    cursor.pos += 1;
    continueOnNextLine(cursor, parent);
  } else cursor.pos += sequence.length;
}

function continueOnNextLine(cursor: Cursor, parent: number): void {
  const { text } = cursor;
  const next = behindBreak(text, cursor.pos);
  if (next === cursor.pos) fail(cursor, 'a carriage return stands alone');
  startLine(cursor, next);
  const blank = behindBreak(text, cursor.pos) !== cursor.pos;
  if (!blank && (spacesAt(text, next) <= parent || markerAt(text, next)))
    fail(cursor, 'a quoted text goes on in a line that is not indented enough');
}
