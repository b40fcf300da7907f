import { headerLines } from '../assert/headers.ts';
import type { Headers, Subject } from '../subject.ts';

/** A session is longer; `theme=dark` is what checks ask about. */
const SHORTEST_SESSION = 8;

/** What an answer sets cookies to: whoever reads a session has it. */
export function cookieSecrets(subject: Subject): readonly string[] {
  if (subject.kind !== 'http') return [];
  // The last hop mostly has the very headers of the answer.
  const before = subject.hops.filter(({ headers }) => headers !== subject.headers);
  const all = before.length === 0 ? setCookies(subject.headers) : [subject, ...before].flatMap(({ headers }) => setCookies(headers));
  return all.length === 0 ? all : all.filter((value) => value.length >= SHORTEST_SESSION);
}

function setCookies(headers: Headers): readonly string[] {
  return headerLines(headers, 'set-cookie').map((line) => {
    const pair = line.split(';', 1)[0] ?? '';
    return pair
      .slice(pair.indexOf('=') + 1)
      .trim()
      .replace(/^"|"$/g, '');
  });
}
