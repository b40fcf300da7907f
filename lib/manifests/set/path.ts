import { BadInputError } from '../../platform/errors.ts';

/**
 * A step of a path. `word` came after a dot: a key in a mapping, an index in a list, where `-1` appends. `key` was quoted, `index` stood in
 * brackets, `pointer` is a token of a JSON Pointer.
 */
export interface Segment {
  readonly kind: 'word' | 'key' | 'index' | 'pointer';
  readonly text: string;
}

/** `PATH=VALUE`, with the path as it was written. */
export interface Assignment {
  readonly path: string;
  readonly segments: readonly Segment[];
  readonly value: string;
}

const BRACKET = /\[(?:(?<index>-?\d+)|(?<json>"(?:[^"\\]|\\.)*")|'(?<raw>(?:[^']|'')*)')\]/y;
const WORD = /(?:\\[\s\S]|[^.[\]=\\])+/y;
const ESCAPE = /\\([.[\]=\\"'])/g;

/**
 * Reads `a.b[0]["x.y"]=value`: a word may escape `.` `[` `]` `=` and `\` with a backslash, the first other `=` ends the path. One that starts
 * with `/` is a JSON Pointer.
 * @throws BadInputError when it has no value, or no path that could ever be found
 */
export function parseAssignment(text: string): Assignment {
  if (text.startsWith('/')) return parsePointer(text);
  const segments: Segment[] = [];
  let pos = 0;
  for (;;) {
    const segment = segmentAt(text, pos, segments.length === 0);
    segments.push(segment.read);
    pos = segment.end;
    if (pos >= text.length) throw noValue(text);
    if (text[pos] === '=') return { path: text.slice(0, pos), segments, value: text.slice(pos + 1) };
    if (text[pos] === '.') pos += 1;
    else if (text[pos] !== '[') throw badPath(text, pos, 'a dot or a bracket is missing');
  }
}

function segmentAt(text: string, pos: number, first: boolean): { readonly read: Segment; readonly end: number } {
  const bracket = matchAt(BRACKET, text, pos);
  if (bracket) return { read: bracketed(text, pos, bracket.groups ?? {}), end: pos + bracket[0].length };
  if (text[pos] === '[') throw badPath(text, pos, 'brackets hold an index, or a key in quotes as in ["x.y"]');
  if (!first && text[pos - 1] === ']') throw badPath(text, pos, 'a dot or a bracket is missing');
  const word = matchAt(WORD, text, pos);
  if (!word) throw badPath(text, pos, 'a part of it is empty');
  return { read: { kind: 'word', text: word[0].replace(ESCAPE, '$1') }, end: pos + word[0].length };
}

function bracketed(text: string, pos: number, { index, json, raw }: Readonly<Record<string, string | undefined>>): Segment {
  if (index !== undefined) return { kind: 'index', text: index };
  if (json === undefined) return { kind: 'key', text: (raw ?? '').replaceAll("''", "'") };
  try {
    return { kind: 'key', text: String(JSON.parse(json)) };
  } catch {
    throw badPath(text, pos, `${json} is no JSON text`);
  }
}

/** RFC 6901; the value begins behind the first `=`. */
function parsePointer(text: string): Assignment {
  const end = text.indexOf('=');
  if (end < 0) throw noValue(text);
  const path = text.slice(0, end);
  if (/~(?![01])/.test(path)) throw badPath(text, path.search(/~(?![01])/), 'in a JSON Pointer ~ is written ~0');
  const tokens = path.slice(1).split('/');
  const segments = tokens.map((token): Segment => ({ kind: 'pointer', text: token.replaceAll('~1', '/').replaceAll('~0', '~') }));
  return { path, segments, value: text.slice(end + 1) };
}

function matchAt(pattern: RegExp, text: string, pos: number): RegExpExecArray | null {
  pattern.lastIndex = pos;
  return pattern.exec(text);
}

function noValue(text: string): BadInputError {
  return new BadInputError(`${JSON.stringify(text)} cannot be set: it has no value`, { hint: 'write PATH=VALUE, as in image.tag=v2' });
}

function badPath(text: string, pos: number, why: string): BadInputError {
  return new BadInputError(`${JSON.stringify(text)} has no path that can be followed: ${why}, in column ${pos + 1}`, {
    hint: 'write it as in image.tag, containers[0].image, metadata.labels["app.kubernetes.io/name"] or /spec/replicas',
  });
}
