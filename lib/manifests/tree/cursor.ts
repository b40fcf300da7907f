/** The text cannot be followed: it is no YAML, or YAML of a kind that nobody writes in manifests. */
export class ScanFailure extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = 'ScanFailure';
    this.offset = offset;
  }
}

/** Nested deeper than any manifest; the scanner calls itself once a level. */
const DEEPEST = 500;

/** A place in the text, and what is known of its line. */
export interface Cursor {
  readonly text: string;
  pos: number;
  lineStart: number;
  /** Blanks in front of the line's first character. */
  indent: number;
  /** A tab is among them. */
  tabbed: boolean;
  depth: number;
}

/** At the first character of the line that begins at `lineStart`. */
export function cursorAt(text: string, lineStart: number): Cursor {
  const cursor = { text, pos: lineStart, lineStart, indent: 0, tabbed: false, depth: 0 };
  startLine(cursor, lineStart);
  return cursor;
}

export const TAB = 9;
export const LINE_FEED = 10;
export const CARRIAGE_RETURN = 13;
export const SPACE = 32;
const HASH = 35;

export function fail(cursor: Cursor, message: string): never {
  throw new ScanFailure(cursor.pos, message);
}

export function enter(cursor: Cursor): void {
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) fail(cursor, `it is nested deeper than ${DEEPEST} levels`);
}

export function leave(cursor: Cursor): void {
  cursor.depth -= 1;
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Blank, line break or the end of the text (whose code is NaN). */
export function isGap(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB || Number.isNaN(code);
}

export function columnOf({ pos, lineStart }: Cursor): number {
  return pos - lineStart;
}

/** Does nothing but blanks stand before it on its line? */
export function isFirstOnLine({ pos, lineStart, indent }: Cursor): boolean {
  return pos === lineStart + indent;
}

/** `---` or `...` in the first column. */
export function atMarker({ text, pos, lineStart }: Cursor): boolean {
  return pos === lineStart && markerAt(text, pos);
}

export function markerAt(text: string, lineStart: number): boolean {
  return (text.startsWith('---', lineStart) || text.startsWith('...', lineStart)) && isGap(text.charCodeAt(lineStart + 3));
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.pos >= cursor.text.length || atMarker(cursor);
}

/** Behind the line break at `pos`, or `pos` when there is none. */
export function behindBreak(text: string, pos: number): number {
  const code = text.charCodeAt(pos);
  if (code === LINE_FEED) return pos + 1;
  return code === CARRIAGE_RETURN && text.charCodeAt(pos + 1) === LINE_FEED ? pos + 2 : pos;
}

/** The end of the line that `pos` is in, in front of its line break. */
export function lineEnd(text: string, pos: number): number {
  const found = text.indexOf('\n', pos);
  if (found < 0) return text.length;
  return found > pos && text.charCodeAt(found - 1) === CARRIAGE_RETURN ? found - 1 : found;
}

export function behindBlanks(text: string, pos: number): number {
  let at = pos;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

export function spacesAt(text: string, pos: number): number {
  let at = pos;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return at - pos;
}

export function skipBlanks(cursor: Cursor): void {
  cursor.pos = behindBlanks(cursor.text, cursor.pos);
}

/** Goes to the first character of the line that begins at `lineStart`. */
export function startLine(cursor: Cursor, lineStart: number): void {
  const { text } = cursor;
  cursor.lineStart = lineStart;
  cursor.pos = behindBlanks(text, lineStart);
  cursor.indent = cursor.pos - lineStart;
  cursor.tabbed = spacesAt(text, lineStart) !== cursor.indent;
}

/** Goes behind a line break, if there is one here, and to the first character of the next line. */
function nextLine(cursor: Cursor): boolean {
  const start = behindBreak(cursor.text, cursor.pos);
  if (start === cursor.pos) return false;
  startLine(cursor, start);
  return true;
}

/** Goes to the next character that is neither blank, comment nor line break. @returns whether that is on another line */
export function toContent(cursor: Cursor): boolean {
  let crossed = false;
  for (;;) {
    skipBlanks(cursor);
    const { text, pos } = cursor;
    if (text.charCodeAt(pos) === HASH && (pos === cursor.lineStart || isGap(text.charCodeAt(pos - 1)))) cursor.pos = lineEnd(text, pos);
    if (!nextLine(cursor)) return crossed;
    crossed = true;
  }
}
