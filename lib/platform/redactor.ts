import { hideSecrets } from './hide-secrets.ts';
import { redactText } from './redact.ts';
import { REDACTED } from './secret.ts';

/** A line without secrets. It remembers the lines before: a private key is recognised by its first one. */
export type LineRedactor = (line: string) => string;

export interface Redactor {
  /** A text of any number of lines, at most some thousand characters. */
  text(text: string): string;
  /** The last `length` characters of a text, from the beginning of a line where there is one. */
  tail(text: string, length: number): string;
  /** For the lines of one output, in their order. */
  lines(): LineRedactor;
  /** UTF-16 units of the longest usual form of a secret: as it is, in a URL, in JSON, in base64. */
  readonly longest: number;
}

/** Takes out the given secrets, also as programs and servers write them on, and all that looks like a credential. */
export function redactorOf(secrets: Iterable<string>): Redactor {
  const known = [...new Set(secrets)];
  const withoutGiven = hideSecrets(known);
  return {
    text: (text) => redactText(withoutGiven(withoutKeys(text))),
    tail: (text, length) => {
      const clean = withoutGiven(withoutKeys(text));
      // Twice as much is looked at as is kept: a credential is known by what stands before it.
      return redactText(fromLineStart(clean, 2 * length)).slice(-length);
    },
    lines: () => lineRedactor((line) => redactText(withoutGiven(line))),
    longest: Math.max(0, ...known.map(longestForm)),
  };
}

function longestForm(secret: string): number {
  return Math.max(
    encodeURIComponent(secret.toWellFormed()).length,
    JSON.stringify(secret).length - 2,
    Math.ceil(Buffer.byteLength(secret) / 3) * 4,
  );
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
