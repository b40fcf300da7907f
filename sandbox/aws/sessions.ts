import { type Identity, newSession } from './identities.ts';
import type { KnownRole } from './principals.ts';

/** Keys of a role's session, and their end in epoch milliseconds. */
export type Session = Identity & { readonly sessionToken: string; readonly expiresAt: number };

export interface SessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export type OpenSession = (request: SessionRequest) => Session;

/** Opens sessions that may do what their role's policies say; the endpoint knows their signatures from then on. */
export function sessionOpener(roles: ReadonlyMap<string, KnownRole>, addIdentity: (identity: Identity) => void): OpenSession {
  return ({ roleArn, sessionName, expiresAt }) => {
    const statements = roles.get(roleArn)?.statements;
    const session: Session = { ...newSession(roleArn, sessionName, expiresAt), expiresAt, ...(statements && { statements }) };
    addIdentity(session);
    return session;
  };
}
