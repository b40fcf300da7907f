import { atMarker, behindBlanks, type Cursor, columnOf, enter, fail, isGap, leave, spacesAt, toContent } from './cursor.ts';
import type { MappingNode, Pair, Properties, SequenceNode, YamlNode } from './nodes.ts';
import { isFlowIndicator, plainOnLine, readPlain, startsPlain } from './plain.ts';
import { readAliasName, readProperties } from './properties.ts';
import { readQuoted } from './quoted.ts';

/** Where brackets are. */
interface Flow {
  /** Column of the block collection around them. */
  readonly parent: number;
  /** 1 for the outermost. */
  readonly level: number;
}

/** Reads `{...}` or `[...]`. @param parent column of the block collection around it */
export function readFlow(cursor: Cursor, parent: number, properties: Properties | undefined): MappingNode | SequenceNode {
  return readBrackets(cursor, { parent, level: 1 }, properties);
}

function readBrackets(cursor: Cursor, flow: Flow, properties: Properties | undefined): MappingNode | SequenceNode {
  const { text, pos: start } = cursor;
  const column = columnOf(cursor);
  const mapping = text[start] === '{';
  enter(cursor);
  cursor.pos += 1;
  const entries = readEntries(cursor, flow, mapping ? '}' : ']');
  leave(cursor);
  const range = { flow: true, column, start, end: cursor.pos, properties };
  if (!mapping) return { type: 'sequence', items: entries.map(itemOf), dashes: [], ...range };
  return { type: 'mapping', pairs: entries.map(pairOf), ...range };
}

type Entry = { readonly node: YamlNode } | Pair;

function readEntries(cursor: Cursor, flow: Flow, close: string): Entry[] {
  const entries: Entry[] = [];
  for (;;) {
    next(cursor, flow);
    if (cursor.text[cursor.pos] === close) break;
    entries.push(readEntry(cursor, flow));
    next(cursor, flow);
    if (cursor.text[cursor.pos] === close) break;
    if (cursor.text[cursor.pos] !== ',') fail(cursor, `a comma or ${close} is missing`);
    cursor.pos += 1;
  }
  cursor.pos += 1;
  return entries;
}

function next(cursor: Cursor, flow: Flow): void {
  const at = cursor.pos;
  if (toContent(cursor)) assertIndented(cursor, flow, at);
  if (cursor.pos >= cursor.text.length) fail(cursor, 'a bracket is not closed');
  if (atMarker(cursor)) fail(cursor, 'a document ends before a bracket is closed');
}

/** Lines in brackets, and comments between them, are indented more than what the brackets are in; the last bracket need not be. */
function assertIndented(cursor: Cursor, { parent, level }: Flow, from: number): void {
  const { text, pos, lineStart } = cursor;
  const closes = level === 1 && columnOf(cursor) === parent && /[\]}]/.test(text.charAt(pos));
  const commented = text.slice(from, pos).match(/(?<=\n)[ \t]*(?=#)/g) ?? [];
  if ((!closes && spacesAt(text, lineStart) <= parent) || commented.some((blanks) => blanks.length <= parent))
    fail(cursor, 'a line in brackets is not indented enough');
}

function readEntry(cursor: Cursor, flow: Flow): Entry {
  if (cursor.text[cursor.pos] === '?' && isGap(cursor.text.charCodeAt(cursor.pos + 1))) fail(cursor, 'an explicit key is inside brackets');
  const { lineStart } = cursor;
  const key = isColon(cursor.text, cursor.pos, undefined) ? emptyAt(cursor.pos, undefined) : readNode(cursor, flow);
  const at = behindBlanks(cursor.text, cursor.pos);
  if (!isColon(cursor.text, at, key)) return { node: key };
  if (cursor.lineStart !== lineStart) fail(cursor, 'a key and its colon are on several lines');
  cursor.pos = at + 1;
  return { key, value: readValue(cursor, flow), colon: true };
}

function readValue(cursor: Cursor, flow: Flow): YamlNode {
  const at = cursor.pos;
  next(cursor, flow);
  if (atEntryEnd(cursor)) return emptyAt(at, undefined);
  return readNode(cursor, flow);
}

function readNode(cursor: Cursor, flow: Flow): YamlNode {
  const properties = readProperties(cursor);
  if (properties) {
    next(cursor, flow);
    if (atEntryEnd(cursor) || isColon(cursor.text, cursor.pos, undefined)) return emptyAt(properties.end, properties);
  }
  const { text, pos: start } = cursor;
  const first = text.charAt(start);
  if (first === '{' || first === '[') return readBrackets(cursor, { ...flow, level: flow.level + 1 }, properties);
  if (first === '"' || first === "'") return readQuoted(cursor, flow.parent, properties);
  if (first === '*' && !properties) return { type: 'alias', name: readAliasName(cursor), start, end: cursor.pos, properties };
  if (!startsPlain(cursor, true)) fail(cursor, `${JSON.stringify(first)} cannot begin a value`);
  plainOnLine(cursor, true);
  return readPlain(cursor, start, { parent: flow.parent, inFlow: true, properties });
}

/** After a key in quotes or brackets a value may touch the colon, as in JSON. */
function isColon(text: string, pos: number, key: YamlNode | undefined): boolean {
  if (text[pos] !== ':') return false;
  const code = text.charCodeAt(pos + 1);
  return isGap(code) || isFlowIndicator(code) || isJsonLike(key);
}

function isJsonLike(key: YamlNode | undefined): boolean {
  if (key === undefined) return false;
  return key.type === 'scalar' ? key.style !== 'plain' : key.type === 'mapping' || key.type === 'sequence';
}

function atEntryEnd({ text, pos }: Cursor): boolean {
  return text[pos] === ',' || text[pos] === '}' || text[pos] === ']';
}

function emptyAt(pos: number, properties: Properties | undefined): YamlNode {
  return { type: 'empty', start: pos, end: pos, properties };
}

/** `[a: b]` holds a mapping of one pair. */
function itemOf(entry: Entry): YamlNode {
  if ('node' in entry) return entry.node;
  const { key, value } = entry;
  return { type: 'mapping', flow: true, column: 0, pairs: [entry], start: key.start, end: value.end, properties: undefined };
}

/** `{a}` holds a key without a value. */
function pairOf(entry: Entry): Pair {
  if (!('node' in entry)) return entry;
  return { key: entry.node, value: emptyAt(entry.node.end, undefined), colon: false };
}
