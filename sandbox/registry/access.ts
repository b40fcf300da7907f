import { randomBytes } from 'node:crypto';
import type { CiAnswer, CiRequest } from '../ci/http.ts';

/** How the registry wants to be logged in to, if at all. */
export type RegistryAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly users: Readonly<Record<string, string>> }
  | {
      readonly kind: 'bearer';
      readonly users: Readonly<Record<string, string>>;
      /** Repositories that anybody may read. */
      readonly open?: readonly string[];
      /** By user, what they may read; everything unless told. */
      readonly grants?: Readonly<Record<string, readonly string[]>>;
      /** Where it sends for tokens; to itself unless told. */
      readonly realm?: string;
    };

export interface Access {
  /** The refusal, or nothing when the repository may be read. */
  check(request: CiRequest, repository: string): CiAnswer | undefined;
  /** The token service: an answer for every request that it gets. */
  token(request: CiRequest): CiAnswer;
}

interface Token {
  readonly scope: string;
  readonly expires: number;
}

const LIFE_MS = 300_000;

export function errorAnswer(status: number, code: string, headers: Readonly<Record<string, string>> = {}): CiAnswer {
  const body = JSON.stringify({ errors: [{ code, message: code.toLowerCase().replaceAll('_', ' ') }] });
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** `undefined` without credentials, `null` for wrong ones. */
function userOf({ headers }: CiRequest, users: Readonly<Record<string, string>>): string | null | undefined {
  const [, encoded] = /^Basic (\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':');
  return users[name] === password.join(':') ? name : null;
}

/** https://distribution.github.io/distribution/spec/auth/token/ */
export function accessOf(auth: RegistryAuth, { origin, now }: { readonly origin: () => string; readonly now: () => number }): Access {
  const tokens = new Map<string, Token>();
  const challenge = (scope: string, error = ''): CiAnswer => {
    const realm = auth.kind === 'bearer' && auth.realm !== undefined ? auth.realm : `${origin()}/token`;
    const text = `Bearer realm="${realm}",service="sandbox",scope="${scope}"${error && `,error="${error}"`}`;
    return errorAnswer(401, 'UNAUTHORIZED', { 'www-authenticate': text });
  };
  return {
    check(request, repository) {
      if (auth.kind === 'none') return undefined;
      if (auth.kind === 'basic') {
        const known = typeof userOf(request, auth.users) === 'string';
        return known ? undefined : errorAnswer(401, 'UNAUTHORIZED', { 'www-authenticate': 'Basic realm="sandbox"' });
      }
      const scope = `repository:${repository}:pull`;
      const [, sent] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      const token = tokens.get(sent ?? '');
      if (!token) return challenge(scope, sent === undefined ? '' : 'invalid_token');
      if (now() >= token.expires) return challenge(scope, 'invalid_token');
      return token.scope === scope ? undefined : challenge(scope, 'insufficient_scope');
    },
    token(request) {
      if (auth.kind !== 'bearer') return errorAnswer(404, 'NOT_FOUND');
      const user = userOf(request, auth.users);
      if (user === null) return errorAnswer(401, 'UNAUTHORIZED');
      const scope = request.query.get('scope') ?? '';
      const [, repository = ''] = /^repository:(.+):pull$/.exec(scope) ?? [];
      const granted = user === undefined ? auth.open?.includes(repository) : (auth.grants?.[user]?.includes(repository) ?? true);
      // Who may not read it gets a token all the same, which opens nothing.
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, { scope: granted ? scope : '', expires: now() + LIFE_MS });
      const body = JSON.stringify({ token, access_token: token, expires_in: LIFE_MS / 1000 });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    },
  };
}
