import type { Challenge } from './www-authenticate.ts';

/** Where a registry sends those who want a token, checked. */
export type TokenRealm =
  | {
      readonly ok: true;
      readonly url: URL;
      /** Whether a password may go there: to the registry itself, or where this registry is known to keep its accounts. */
      readonly trusted: boolean;
    }
  | { readonly ok: false; readonly why: string };

/** Registries whose tokens are given out under another name. */
const KNOWN_REALMS: Readonly<Record<string, string>> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.gitlab.com': 'gitlab.com',
};

export interface RealmQuestion {
  /** Of the registry that sent the challenge. */
  readonly registry: URL;
  readonly repository: string;
  /** Further hosts (with their port, where they have one) that passwords may go to. */
  readonly trustedRealms?: readonly string[] | undefined;
}

/**
 * The URL of a Bearer challenge. It comes from the registry, and a registry may be anybody: it must be HTTPS (or the registry itself, for one
 * that speaks plain HTTP), and only realms that belong to the registry get to see a password.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
export function tokenRealm({ parameters }: Challenge, { registry, repository, trustedRealms = [] }: RealmQuestion): TokenRealm {
  const { realm = '', service } = parameters;
  if (!URL.canParse(realm)) return { ok: false, why: 'it names no place to get a token' };
  const url = new URL(realm);
  if (url.username !== '' || url.password !== '') return { ok: false, why: 'the place to get a token holds a password' };
  const itself = url.origin === registry.origin;
  if (url.protocol !== 'https:' && !itself) return { ok: false, why: `the place to get a token, ${url.host}, is not reached by HTTPS` };
  if (service !== undefined) url.searchParams.set('service', service);
  // What is asked for is ours to say, not the registry's: reading this repository.
  url.searchParams.set('scope', `repository:${repository}:pull`);
  const known = KNOWN_REALMS[registry.host] === url.host;
  return { ok: true, url, trusted: url.host === registry.host || known || trustedRealms.includes(url.host) };
}
