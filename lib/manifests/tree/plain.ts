import {
  behindBlanks,
  behindBreak,
  CARRIAGE_RETURN,
  type Cursor,
  fail,
  isBlank,
  isGap,
  LINE_FEED,
  markerAt,
  spacesAt,
  startLine,
} from './cursor.ts';
import type { FlowScalarNode, Properties } from './nodes.ts';

const COLON = 58;
const HASH = 35;
const FIRST_REFUSED = new Set('#&*!|>\'"%@`[]{},');
const FIRST_BEFORE_GAP = new Set('-?:');

/** May an unquoted scalar begin here? */
export function startsPlain({ text, pos }: Cursor, inFlow: boolean): boolean {
  const first = text.charAt(pos);
  if (first === '' || FIRST_REFUSED.has(first)) return false;
  if (!FIRST_BEFORE_GAP.has(first)) return true;
  return !isGap(text.charCodeAt(pos + 1)) && !(inFlow && isFlowIndicator(text.charCodeAt(pos + 1)));
}

/** Goes behind what this line holds of an unquoted scalar. @returns where it ends, trailing blanks left out */
export function plainOnLine(cursor: Cursor, inFlow: boolean): number {
  const { text } = cursor;
  let end = cursor.pos;
  for (let at = cursor.pos; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || code === CARRIAGE_RETURN) break;
    if (inFlow && isFlowIndicator(code)) break;
    if (code === COLON && endsAtColon(text, at, inFlow)) break;
    if (code === HASH && at > cursor.pos && isBlank(text.charCodeAt(at - 1))) break;
    if (!isBlank(code)) end = at + 1;
  }
  cursor.pos = end;
  return end;
}

/**
 * Goes on with an unquoted scalar that began at `start`, over the lines that are indented more than `parent`.
 * The cursor stands behind its first line.
 */
export function readPlain(cursor: Cursor, start: number, { parent, inFlow, properties }: PlainContext): FlowScalarNode {
  let end = cursor.pos;
  while (goesOn(cursor, parent, inFlow)) end = plainOnLine(cursor, inFlow);
  cursor.pos = end;
  return { type: 'scalar', style: 'plain', start, end, properties };
}

export interface PlainContext {
  readonly parent: number;
  readonly inFlow: boolean;
  readonly properties: Properties | undefined;
}

/** Steps to the next line that has more of the scalar; the cursor stays where it is when there is none. */
function goesOn(cursor: Cursor, parent: number, inFlow: boolean): boolean {
  const { text } = cursor;
  let pos = behindBlanks(text, cursor.pos);
  let lineStart = cursor.lineStart;
  for (let next = behindBreak(text, pos); next !== pos; next = behindBreak(text, pos)) {
    lineStart = next;
    pos = behindBlanks(text, next);
  }
  if (lineStart === cursor.lineStart || pos >= text.length || text[pos] === '#') return false;
  if (spacesAt(text, lineStart) <= parent || markerAt(text, lineStart) || (inFlow && !hasPlain(text, pos))) return false;
  // Readers differ on lines of tabs inside a text.
  if (/\n[ ]*\t/.test(text.slice(cursor.pos, lineStart))) fail(cursor, 'a line of an unquoted text is made of tabs');
  startLine(cursor, lineStart);
  cursor.tabbed = false;
  return true;
}

/** In a flow collection the next line may go on with the collection instead. */
function hasPlain(text: string, pos: number): boolean {
  const code = text.charCodeAt(pos);
  return !isFlowIndicator(code) && !(code === COLON && endsAtColon(text, pos, true));
}

function endsAtColon(text: string, at: number, inFlow: boolean): boolean {
  const next = text.charCodeAt(at + 1);
  return isGap(next) || (inFlow && isFlowIndicator(next));
}

/** `,` `[` `]` `{` `}` */
export function isFlowIndicator(code: number): boolean {
  return code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
}
