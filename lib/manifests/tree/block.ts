import { readBlockScalar } from './block-scalar.ts';
import { atEnd, behindBlanks, type Cursor, columnOf, enter, fail, isFirstOnLine, isGap, leave, SPACE, TAB, toContent } from './cursor.ts';
import { readFlow } from './flow.ts';
import type { EmptyNode, MappingNode, Pair, Properties, SequenceNode, YamlNode } from './nodes.ts';
import { plainOnLine, readPlain, startsPlain } from './plain.ts';
import { readAliasName, readProperties } from './properties.ts';
import { readQuoted } from './quoted.ts';

/**
 * What a node stands behind: behind a colon or `---` no block collection may begin on the same line, behind a dash or `?` it may; behind a
 * colon a sequence may have the column of the key.
 */
export type Place = 'document' | 'value' | 'item' | 'key';

interface Context {
  readonly parent: number;
  readonly place: Place;
  /** A block collection may begin here. */
  readonly canNest: boolean;
  /** Of the first thing that belongs to the node on its line, properties of a key among them. */
  readonly column: number;
  /** Of the node when they stand on lines of their own. */
  readonly outer: Properties | undefined;
  /** Of the node, or of its first key when it is a mapping. */
  readonly inner: Properties | undefined;
}

/** Reads what stands behind an indicator, on the same or on further lines, indented more than `parent`. */
export function readBlockNode(cursor: Cursor, parent: number, place: Place): YamlNode {
  const at = cursor.pos;
  const crossed = nextContent(cursor);
  if (crossed && /\n *\t/.test(cursor.text.slice(at, cursor.pos))) fail(cursor, 'a line of tabs stands before a value');
  if (isOver(cursor, parent, place)) return emptyAt(at, undefined);
  const canNest = crossed || place === 'item' || place === 'key' || (place === 'document' && isFirstOnLine(cursor));
  const column = columnOf(cursor);
  const { pos } = cursor;
  const first = readProperties(cursor);
  if (first && place === 'item' && cursor.text.slice(at, pos).includes('\t')) fail(cursor, 'a tab is used for indentation');
  if (!first) return readContent(cursor, { parent, place, canNest, column, outer: undefined, inner: undefined });
  const apart = nextContent(cursor);
  if (isOver(cursor, parent, place)) return emptyAt(first.end, first);
  if (!apart) return readContent(cursor, { parent, place, canNest, column, outer: undefined, inner: first });
  return readContent(cursor, { parent, place, canNest: true, column: columnOf(cursor), outer: first, inner: readProperties(cursor) });
}

function nextContent(cursor: Cursor): boolean {
  const crossed = toContent(cursor);
  if (crossed && cursor.tabbed) fail(cursor, 'a tab is used for indentation');
  return crossed;
}

/** Does the next content belong to what is around this node, which then is empty? */
function isOver(cursor: Cursor, parent: number, place: Place): boolean {
  if (atEnd(cursor)) return true;
  if (!isFirstOnLine(cursor) || columnOf(cursor) > parent) return false;
  return !(place === 'value' && columnOf(cursor) === parent && atIndicator(cursor, '-'));
}

function readContent(cursor: Cursor, context: Context): YamlNode {
  const { outer, inner, parent } = context;
  if (context.place === 'key' && atIndicator(cursor, ':')) fail(cursor, 'an explicit key begins with an empty one');
  if (atAnyIndicator(cursor)) return readCollection(cursor, context);
  const first = cursor.text[cursor.pos];
  if (first === '|' || first === '>') return readBlockScalar(cursor, parent, only(cursor, outer, inner));
  const { lineStart } = cursor;
  const node = readInline(cursor, parent, inner);
  if (followedByColon(cursor, lineStart)) return readMapping(cursor, context, node);
  if (outer && inner) fail(cursor, 'a node has properties on two lines');
  const whole =
    node.type === 'scalar' && node.style === 'plain' ? readPlain(cursor, node.start, { parent, inFlow: false, properties: inner }) : node;
  if (outer && whole.type === 'alias') fail(cursor, 'an alias has an anchor or a tag');
  return outer ? { ...whole, properties: outer } : whole;
}

function only(cursor: Cursor, outer: Properties | undefined, inner: Properties | undefined): Properties | undefined {
  return outer && inner ? fail(cursor, 'a node has properties on two lines') : (outer ?? inner);
}

/** A sequence, or a mapping whose first key is explicit or empty. */
function readCollection(cursor: Cursor, context: Context): YamlNode {
  const explicitFirst = !atIndicator(cursor, '-');
  if (context.inner && !(explicitFirst && atIndicator(cursor, ':')))
    fail(cursor, 'an anchor or a tag stands before a collection on its line');
  if (!explicitFirst) return readSequence(cursor, context);
  return readMapping(cursor, context, context.inner && emptyAt(context.inner.end, context.inner));
}

/** A scalar, an alias or a flow collection; of an unquoted scalar only what is on this line. */
function readInline(cursor: Cursor, parent: number, properties: Properties | undefined): YamlNode {
  const { text, pos: start } = cursor;
  const first = text.charAt(start);
  if (first === '{' || first === '[') return readFlow(cursor, parent, properties);
  if (first === '"' || first === "'") return readQuoted(cursor, parent, properties);
  if (first === '*' && !properties) return { type: 'alias', name: readAliasName(cursor), start, end: cursor.pos, properties };
  if (!startsPlain(cursor, false)) fail(cursor, `${JSON.stringify(first)} cannot begin a value`);
  return { type: 'scalar', style: 'plain', start, end: plainOnLine(cursor, false), properties };
}

/** A key and its colon are on one line. */
function followedByColon(cursor: Cursor, lineStart: number): boolean {
  if (cursor.lineStart !== lineStart) return false;
  const at = behindBlanks(cursor.text, cursor.pos);
  return cursor.text[at] === ':' && isGap(cursor.text.charCodeAt(at + 1));
}

function readSequence(cursor: Cursor, context: Context): SequenceNode {
  assertMayNest(cursor, context);
  const { column, outer, inner } = context;
  const start = cursor.pos;
  const items: YamlNode[] = [];
  const dashes: number[] = [];
  enter(cursor);
  do {
    dashes.push(cursor.pos);
    cursor.pos += 1;
    items.push(readBlockNode(cursor, column, 'item'));
  } while (hasNext(cursor, column) && atIndicator(cursor, '-'));
  leave(cursor);
  return { type: 'sequence', flow: false, column, items, dashes, start, end: items.at(-1)?.end ?? start, properties: outer ?? inner };
}

function readMapping(cursor: Cursor, context: Context, first: YamlNode | undefined): MappingNode {
  assertMayNest(cursor, context);
  const { column, outer } = context;
  const pairs: Pair[] = [];
  const start = first?.properties?.start ?? first?.start ?? cursor.pos;
  enter(cursor);
  let key = first;
  do {
    pairs.push(readPair(cursor, column, key));
    key = undefined;
  } while (hasNext(cursor, column) && !atIndicator(cursor, '-'));
  leave(cursor);
  return { type: 'mapping', flow: false, column, pairs, start, end: pairs.at(-1)?.value.end ?? start, properties: outer };
}

function assertMayNest(cursor: Cursor, { canNest, column }: Context): void {
  if (!canNest) fail(cursor, 'a mapping or a list begins on the line of another key');
  let before = cursor.lineStart + column - 1;
  while (cursor.text.charCodeAt(before) === SPACE) before -= 1;
  if (cursor.text.charCodeAt(before) === TAB) fail(cursor, 'a tab is used for indentation');
}

function readPair(cursor: Cursor, column: number, known: YamlNode | undefined): Pair {
  if (!known && atIndicator(cursor, '?')) return readExplicitPair(cursor, column);
  const key = known ?? readKey(cursor, column);
  toContent(cursor);
  if (!atIndicator(cursor, ':')) fail(cursor, 'a key is not followed by a colon');
  cursor.pos += 1;
  return { key, value: readBlockNode(cursor, column, 'value'), colon: true };
}

function readKey(cursor: Cursor, column: number): YamlNode {
  const { lineStart } = cursor;
  const properties = readProperties(cursor);
  if (atIndicator(cursor, ':')) return emptyAt(cursor.pos, properties);
  const key = readInline(cursor, column, properties);
  if (!followedByColon(cursor, lineStart)) fail(cursor, 'a key is not followed by a colon');
  return key;
}

/** `? key` and, perhaps, `: value` below it. */
function readExplicitPair(cursor: Cursor, column: number): Pair {
  cursor.pos += 1;
  const key = readBlockNode(cursor, column, 'key');
  if (!hasNext(cursor, column) || !atIndicator(cursor, ':')) return { key, value: emptyAt(key.end, undefined), colon: false };
  cursor.pos += 1;
  return { key, value: readBlockNode(cursor, column, 'item'), colon: true };
}

/** Goes on to what follows an entry. @returns whether it has the column of the collection */
function hasNext(cursor: Cursor, column: number): boolean {
  nextContent(cursor);
  if (atEnd(cursor)) return false;
  if (!isFirstOnLine(cursor)) fail(cursor, 'something follows a value on its line');
  if (columnOf(cursor) > column) fail(cursor, 'a line is indented more than the lines it belongs to');
  return columnOf(cursor) === column;
}

function atAnyIndicator(cursor: Cursor): boolean {
  return atIndicator(cursor, '-') || atIndicator(cursor, '?') || atIndicator(cursor, ':');
}

function atIndicator({ text, pos }: Cursor, sign: string): boolean {
  return text[pos] === sign && isGap(text.charCodeAt(pos + 1));
}

function emptyAt(pos: number, properties: Properties | undefined): EmptyNode {
  return { type: 'empty', start: pos, end: pos, properties };
}
