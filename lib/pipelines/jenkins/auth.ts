import type { Secret } from '../../platform/secret.ts';

/** Who asks. A token needs no crumb; a password, and nobody in particular, does. */
export type JenkinsAuth =
  | { readonly kind: 'token'; readonly user: string; readonly token: Secret }
  | { readonly kind: 'password'; readonly user: string; readonly password: Secret }
  | { readonly kind: 'anonymous' };

/** The headers that say it; Basic in both cases, in UTF-8. */
export function authHeaders(auth: JenkinsAuth): Record<string, string> {
  if (auth.kind === 'anonymous') return {};
  const secret = auth.kind === 'token' ? auth.token : auth.password;
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${secret.reveal()}`).toString('base64')}` };
}
