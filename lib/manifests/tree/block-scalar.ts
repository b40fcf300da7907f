import { behindBreak, type Cursor, fail, lineEnd, markerAt, spacesAt, startLine } from './cursor.ts';
import type { BlockScalarNode, Properties } from './nodes.ts';

const HEADER = /[|>](?:(?<digitFirst>[1-9])[-+]?|[-+](?<digitLast>[1-9])?)?(?=[ \t\r\n]|$)/y;
const HEADER_REST = /(?:[ \t]+(?:#[^\r\n]*)?)?(?=\r?\n|$)/y;

/** Reads `|` or `>` with its body. The cursor is left at the line that ends it. @param parent column of the collection it is in; -1 at the root */
export function readBlockScalar(cursor: Cursor, parent: number, properties: Properties | undefined): BlockScalarNode {
  const { text, pos: start } = cursor;
  HEADER.lastIndex = start;
  const header = HEADER.exec(text) ?? fail(cursor, 'there is no such block scalar header');
  const headerEnd = start + header[0].length;
  HEADER_REST.lastIndex = headerEnd;
  if (!HEADER_REST.test(text)) fail(cursor, 'a block scalar begins on the line after its header');
  const digit = header.groups?.digitFirst ?? header.groups?.digitLast;
  if (digit !== undefined && parent < 0) fail(cursor, 'a document that is one block scalar has an indentation indicator');
  const bodyStart = behindBreak(text, lineEnd(text, headerEnd));
  const indent = digit === undefined ? detectIndent(cursor, bodyStart, parent) : parent + Number(digit);
  const body = bodyEnd(text, bodyStart, indent ?? parent + 1);
  startLine(cursor, text.lastIndexOf('\n', body.end - 1) + 1);
  cursor.pos = Math.max(cursor.pos, body.end);
  if (cursor.tabbed) fail(cursor, 'a tab is used for indentation');
  return {
    type: 'scalar',
    style: text[start] === '|' ? 'literal' : 'folded',
    ...{ start, headerEnd, bodyStart, indent, parent, properties },
    ...body,
  };
}

/** The indentation of the first line that is not blank. @throws when a blank line before it has more, which readers differ on */
function detectIndent(cursor: Cursor, bodyStart: number, parent: number): number | undefined {
  const { text } = cursor;
  let widest = 0;
  for (let line = bodyStart; line < text.length; ) {
    const spaces = spacesAt(text, line);
    const end = lineEnd(text, line);
    if (line + spaces < end) {
      if (spaces <= parent || markerAt(text, line)) return undefined;
      if (widest > spaces) fail(cursor, 'a block scalar begins with a blank line that is indented more than its text');
      return spaces;
    }
    widest = Math.max(widest, spaces);
    const next = behindBreak(text, end);
    if (next === end) return undefined;
    line = next;
  }
  return undefined;
}

function bodyEnd(text: string, bodyStart: number, indent: number): { readonly contentEnd: number; readonly end: number } {
  let contentEnd = bodyStart;
  let line = bodyStart;
  while (line < text.length) {
    const spaces = spacesAt(text, line);
    const end = lineEnd(text, line);
    const blank = line + spaces >= end;
    if (!blank && (spaces < indent || markerAt(text, line))) break;
    // Blanks beyond the indentation are text, too.
    if (!blank || spaces > indent) contentEnd = end;
    line = Math.max(behindBreak(text, end), end);
    if (line === end) break;
  }
  return { contentEnd, end: line };
}
