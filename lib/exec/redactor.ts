import { redactText } from '../platform/redact.ts';
import { REDACTED } from '../platform/secret.ts';

/** A line without secrets. It remembers the lines before: a private key is recognised by its first one. */
export type LineRedactor = (line: string) => string;

export interface Redactor {
  /** A text of any number of lines, at most some thousand characters. */
  text(text: string): string;
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
    text: (text) => redactText(withoutGiven(withoutOrphanedKey(text))),
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

/** The end of an output may begin in the midst of a key. */
function withoutOrphanedKey(text: string): string {
  const end = KEY_ENDS.exec(text);
  const begin = KEY_BEGINS.exec(text);
  if (!end || (begin && begin.index < end.index)) return text;
  return REDACTED + text.slice(end.index + end[0].length);
}
