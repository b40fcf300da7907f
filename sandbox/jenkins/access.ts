import { randomUUID } from 'node:crypto';
import type { CiAnswer, CiRequest } from '../ci/http.ts';
import { page } from './pages.ts';

export interface SandboxUser {
  readonly name: string;
  readonly token: string;
  /** Needs a crumb for what changes things. */
  readonly password?: string;
}

export interface Access {
  /** Refuses, or says nothing. */
  check(request: CiRequest): CiAnswer | undefined;
  /** `/crumbIssuer/api/json`. */
  crumb(): CiAnswer;
  /** Ends all sessions, as a restart does. */
  endSessions(): void;
}

/**
 * Who may come in, and the protection against forged requests: a token needs no crumb (ApiCrumbExclusion); for a password the crumb must come with
 * the very session that it was issued in.
 */
export function access({ users, csrf }: { readonly users: readonly SandboxUser[]; readonly csrf: boolean }): Access {
  const crumbs = new Map<string, string>();
  const byToken = (header: string): boolean => users.some(({ name, token }) => header === basic(name, token));
  const known = (header: string): boolean =>
    byToken(header) || users.some(({ name, password }) => password !== undefined && header === basic(name, password));
  return {
    endSessions: () => crumbs.clear(),
    crumb() {
      if (!csrf) return page(404, 'Not Found');
      const [session, crumb] = [randomUUID(), randomUUID()];
      crumbs.set(session, crumb);
      return {
        status: 200,
        headers: {
          'content-type': 'application/json',
          'set-cookie': [`JSESSIONID.sandbox=${session}; Path=/; HttpOnly; SameSite=Lax`, 'ROUTE=one; Path=/'],
        },
        body: JSON.stringify({ _class: 'hudson.security.csrf.DefaultCrumbIssuer', crumb, crumbRequestField: 'Jenkins-Crumb' }),
      };
    },
    check({ method, headers }) {
      const authorization = headers.authorization ?? '';
      if (!known(authorization)) return page(401, 'Invalid password/token for user', { 'www-authenticate': 'Basic realm="Jenkins"' });
      if (method !== 'POST' || !csrf || byToken(authorization)) return undefined;
      const session = /JSESSIONID\.sandbox=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
      const crumb = session === undefined ? undefined : crumbs.get(session);
      const behindSameRoute = /ROUTE=one/.test(headers.cookie ?? '');
      return crumb !== undefined && behindSameRoute && headers['jenkins-crumb'] === crumb
        ? undefined
        : page(403, 'No valid crumb was included in the request');
    },
  };
}

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
}
