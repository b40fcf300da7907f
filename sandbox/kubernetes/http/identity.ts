import { StatusError } from '../status.ts';

/** Who calls; `system:masters` may do everything. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Checks a bearer token of another kind (a signed EKS token); `undefined` refuses it. */
export type Authenticate = (bearer: string) => Promise<Identity | undefined> | Identity | undefined;

const ANONYMOUS: Identity = { user: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * Turns the Authorization header into an identity. No header is the anonymous user, whom RBAC will refuse (403);
 * a token that nobody knows is 401. @throws StatusError 401
 */
export async function identify(
  header: string | undefined,
  tokens: ReadonlyMap<string, Identity>,
  authenticate?: Authenticate,
): Promise<Identity> {
  if (header === undefined) return ANONYMOUS;
  const bearer = /^bearer\s+(\S+)$/i.exec(header)?.[1];
  const known = bearer === undefined ? undefined : (tokens.get(bearer) ?? (await authenticate?.(bearer)));
  if (!known) throw new StatusError({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
  return { user: known.user, groups: [...new Set([...known.groups, 'system:authenticated'])] };
}
