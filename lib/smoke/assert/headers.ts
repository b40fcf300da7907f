import type { Headers } from '../subject.ts';

/** The values of a header, one for each line of it. */
export function headerLines(headers: Headers, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const lines: string[] = [];
  // Lengths first: letters are compared for few.
  for (const [each, value] of headers) if (each.length === wanted.length && each.toLowerCase() === wanted) lines.push(value);
  return lines;
}

/** Lines of one header as one text: RFC 9110, section 5.3. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const lines = headerLines(headers, name);
  return lines.length === 0 ? undefined : lines.join(', ');
}

/** A cookie as a server sets it; attributes by their lower-case names, '' for those without a value. RFC 6265, section 5.2. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The last of the cookies of this name. */
export function cookieOf(headers: Headers, name: string): SetCookie | undefined {
  return headerLines(headers, 'set-cookie')
    .map(parseSetCookie)
    .findLast((cookie) => cookie.name === name);
}

function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(';');
  const [name, value] = halves(pair);
  return {
    name,
    value: value.replace(/^"(.*)"$/, '$1'),
    attributes: new Map(attributes.map(halves).map(([attribute, text]) => [attribute.toLowerCase(), text])),
  };
}

function halves(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
