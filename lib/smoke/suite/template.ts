import { FillError } from './fill-error.ts';

export type TemplatePart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'name'; readonly name: string };

/** What a variable or a capture may be called; dots are kept for names that Nightshift gives, such as `expected.version`. */
export const VARIABLE_NAME: RegExp = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Four braces, a name in its braces, or two braces that begin none; a brace before those of a name is a brace. */
const TOKEN = /\{\{\{\{|\{\{[ \t]*([A-Za-z][A-Za-z0-9_.-]*)[ \t]*\}\}|\{\{(?!\{[ \t]*[A-Za-z][A-Za-z0-9_.-]*[ \t]*\}\})/g;

/** A text cut at its `{{name}}`; `{{{{` stands for two braces. `undefined` when two braces begin no name. */
export function parseTemplate(text: string): readonly TemplatePart[] | undefined {
  if (!text.includes('{{')) return text === '' ? [] : [{ kind: 'text', text }];
  const parts: TemplatePart[] = [];
  let literal = '';
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    literal += text.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[1] === undefined && match[0] === '{{') return undefined;
    if (match[1] === undefined) {
      literal += '{{';
      continue;
    }
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
    parts.push({ kind: 'name', name: match[1] });
  }
  literal += text.slice(end);
  return literal === '' ? parts : [...parts, { kind: 'text', text: literal }];
}

/** Whether a text holds a `{{name}}`. */
export function hasName(text: string): boolean {
  return namesIn(text).length > 0;
}

/** The names that a text uses, in their order. */
export function namesIn(text: string): readonly string[] {
  return (parseTemplate(text) ?? []).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
}

export type Values = ReadonlyMap<string, string>;

/** How a value is written at its place; throws FillError when it cannot stand there. */
export type Writing = (value: string, name: string) => string;

/** @throws FillError for a name without a value */
export function fillText(text: string, values: Values, write: Writing = asItIs): string {
  // Most texts have no name in them.
  if (!text.includes('{{')) return text;
  return partsOf(text)
    .map((part) => (part.kind === 'text' ? part.text : write(valueNamed(part.name, values), part.name)))
    .join('');
}

/** The parts of a text that the reader has accepted. */
export function partsOf(text: string): readonly TemplatePart[] {
  return parseTemplate(text) ?? [{ kind: 'text', text }];
}

export function valueNamed(name: string, values: Values): string {
  const value = values.get(name);
  if (value === undefined) throw FillError.missing(name);
  return value;
}

function asItIs(value: string): string {
  return value;
}
