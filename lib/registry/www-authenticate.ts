/** What a server asks for with 401: the scheme in lower case, the parameters by their names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Enough for every registry; a header of thousands of challenges is none. */
const LONGEST = 8 * 1024;
const part = /\s*(?:([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~/:-]+))|([\w!#$%&'*+.^`|~-]+))\s*(,|$|(?=\s))/y;

/** Reads a WWW-Authenticate header (RFC 9110, 11.6.1), which may hold several challenges; what comes after something unreadable is left out. */
export function parseChallenges(header: string | undefined): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const text = (header ?? '').slice(0, LONGEST);
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (!match) break;
    const [, name, quoted, bare, scheme] = match;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    else Object.assign(challenges.at(-1)?.parameters ?? {}, parameter(name, quoted, bare));
  }
  return challenges;
}

function parameter(name = '', quoted: string | undefined, bare = ''): Record<string, string> {
  return { [name.toLowerCase()]: quoted?.replace(/\\(.)/g, '$1') ?? bare };
}
