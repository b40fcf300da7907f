import { type Cursor, columnOf, fail, isGap, skipBlanks } from './cursor.ts';
import type { Properties } from './nodes.ts';

const NAME = /[^\s,[\]{}]+/y;
/** Verbatim, or a shorthand of `!` or `!!`; other handles want a directive, which manifests do not have. */
const TAG = /!(?:<[^\s<>]+>|![-\w#;/?:@&=+$.~*'()]+|[-\w#;/?:@&=+$.~*'()]*)/y;

/** Reads `&anchor` and `!tag`, in any order and once each, as far as they stand on this line. */
export function readProperties(cursor: Cursor): Properties | undefined {
  const start = cursor.pos;
  let found: Properties | undefined;
  for (;;) {
    const { text, pos } = cursor;
    const anchor = text[pos] === '&' ? matchAt(NAME, text, pos + 1) : undefined;
    const tag = text[pos] === '!' ? matchAt(TAG, text, pos) : undefined;
    if (anchor === undefined && tag === undefined) return found;
    if ((anchor !== undefined && found?.anchor !== undefined) || (tag !== undefined && found?.tag !== undefined))
      fail(cursor, 'a node has two anchors or two tags');
    cursor.pos = pos + (anchor === undefined ? 0 : anchor.length + 1) + (tag?.length ?? 0);
    found = { start, ...found, ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }), end: cursor.pos };
    if (!isGap(text.charCodeAt(cursor.pos)) && !',]}'.includes(text.charAt(cursor.pos)))
      fail(cursor, 'an anchor or a tag is not followed by a blank');
    skipBlanks(cursor);
  }
}

/** `*name`. */
export function readAliasName(cursor: Cursor): string {
  const name = matchAt(NAME, cursor.text, cursor.pos + 1);
  if (name === undefined) fail(cursor, `an alias without a name in column ${columnOf(cursor) + 1}`);
  cursor.pos += name.length + 1;
  return name;
}

function matchAt(pattern: RegExp, text: string, pos: number): string | undefined {
  pattern.lastIndex = pos;
  return pattern.exec(text)?.[0];
}
