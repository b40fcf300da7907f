import { redactText } from '../platform/redact.ts';
import { REDACTED } from '../platform/secret.ts';

/** A line without secrets. It remembers the lines before: a private key is recognised by its first one. */
export type LineRedactor = (line: string) => string;

export interface Redactor {
  /** A text of any number of lines, at most some thousand characters. */
  text(text: string): string;
  /** The last `length` characters of a text, from the beginning of a line where there is one. */
  tail(text: string, length: number): string;
  /** For the lines of one output, in their order. */
  lines(): LineRedactor;
  /** UTF-16 units of the longest form of a secret. */
  readonly longest: number;
}

/** Shorter ones (a line of a key that is a brace, a base64 of two letters) are in every text. */
const SHORTEST_PART = 6;

/** Takes out the given secrets, also as programs print them on, and all that looks like a credential. */
export function redactorOf(secrets: Iterable<string>): Redactor {
  const forms = [...new Set([...secrets].flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const withoutGiven = (text: string): string => forms.reduce((clean, form) => clean.replaceAll(form, REDACTED), text);
  return {
    text: (text) => redactText(withoutGiven(withoutKeys(text))),
    tail: (text, length) => {
      const clean = withoutGiven(withoutKeys(text));
      // Twice as much is looked at as is kept: a credential is known by what stands before it.
      return redactText(fromLineStart(clean, 2 * length)).slice(-length);
    },
    lines: () => lineRedactor((line) => redactText(withoutGiven(line))),
    longest: forms[0]?.length ?? 0,
  };
}

/** A secret as it is, in a URL, in JSON, in base64 (a Kubernetes Secret), and line by line. */
function formsOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const parts = [
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    ...secret.split(/\r?\n/).map((line) => line.trim()),
  ];
  return [secret, ...parts.filter((part) => part.length >= SHORTEST_PART)];
}

const KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY-----/;

function lineRedactor(redactLine: (line: string) => string): LineRedactor {
  let inKey = false;
  return (line) => {
    const wasInKey = inKey;
    if (KEY_BEGINS.test(line)) inKey = true;
    if (KEY_ENDS.test(line)) inKey = false;
    return wasInKey ? REDACTED : redactLine(line);
  };
}

function fromLineStart(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = text.slice(-length);
  return end.slice(end.indexOf('\n') + 1) || end;
}

const WHOLE_KEY = new RegExp(`${KEY_BEGINS.source}[\\s\\S]*?(?:${KEY_ENDS.source}|$)`, 'g');

/** Before anything is cut: without its first line a key would not be known. The end of an output may itself begin in the midst of one. */
function withoutKeys(text: string): string {
  const rest = text.replace(WHOLE_KEY, REDACTED);
  const end = KEY_ENDS.exec(rest);
  return end === null ? rest : REDACTED + rest.slice(end.index + end[0].length);
}
