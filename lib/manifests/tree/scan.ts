import { readBlockNode } from './block.ts';
import { atMarker, behindBreak, type Cursor, cursorAt, fail, lineEnd, ScanFailure, startLine, toContent } from './cursor.ts';
import type { DocumentNode } from './nodes.ts';

const UNPRINTABLE = /[[\p{Cc}\uFFFE\uFFFF]--[\t\n\r\x85]]|\r(?!\n)|(?<!^)\uFEFF/v;

/**
 * Where everything in a YAML text stands: a small, strict reader of the shapes that manifests have, ten times faster than a parser that
 * keeps every token. Values are not decoded.
 * @throws ScanFailure at what it cannot follow
 */
export function scanYaml(text: string): DocumentNode[] {
  const unprintable = UNPRINTABLE.exec(text);
  if (unprintable)
    throw new ScanFailure(unprintable.index, 'a control character, a lone carriage return or a second byte order mark is in the text');
  const cursor = cursorAt(text, text.startsWith('\uFEFF') ? 1 : 0);
  const documents: DocumentNode[] = [];
  for (let found = nextDocument(cursor, true); found; found = nextDocument(cursor, endsWithMarker(cursor))) documents.push(found);
  return documents;
}

/** @param fresh directives and bare documents may come: at the start of the text, and after `...` */
function nextDocument(cursor: Cursor, fresh: boolean): DocumentNode | undefined {
  const start = cursor.pos;
  const directives = fresh && skipDirectives(cursor);
  toContentAtStart(cursor);
  const marked = atMarker(cursor) && cursor.text[cursor.pos] === '-';
  if (directives && !marked) fail(cursor, 'directives are not followed by ---');
  if (!marked && !fresh) return cursor.pos < cursor.text.length ? fail(cursor, 'something follows the end of a document') : undefined;
  if (!marked && cursor.pos >= cursor.text.length) return undefined;
  if (!marked && atMarker(cursor)) fail(cursor, 'nothing stands before ...');
  if (marked) cursor.pos += 3;
  const root = readBlockNode(cursor, -1, 'document');
  toContentAtStart(cursor);
  if (cursor.pos < cursor.text.length && !atMarker(cursor)) fail(cursor, 'something follows the value of a document');
  return { start, end: cursor.pos, root, directives };
}

/** Goes behind `...`. @returns whether it was there */
function endsWithMarker(cursor: Cursor): boolean {
  if (!atMarker(cursor) || cursor.text[cursor.pos] !== '.') return false;
  cursor.pos += 3;
  const crossed = toContent(cursor);
  if (!crossed && cursor.pos < cursor.text.length) fail(cursor, 'something follows ... on its line');
  return true;
}

function skipDirectives(cursor: Cursor): boolean {
  let found = false;
  for (;;) {
    toContentAtStart(cursor);
    if (cursor.text[cursor.pos] !== '%' || cursor.pos !== cursor.lineStart) return found;
    found = true;
    startLine(cursor, behindBreak(cursor.text, lineEnd(cursor.text, cursor.pos)));
  }
}

function toContentAtStart(cursor: Cursor): void {
  toContent(cursor);
  if (cursor.tabbed && cursor.pos < cursor.text.length) fail(cursor, 'a tab is used for indentation');
}
