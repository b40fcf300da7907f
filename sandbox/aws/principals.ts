import type { PolicyDocument } from './iam/policy-document.ts';
import { readPolicy } from './iam/read-policy.ts';
import type { Statement } from './iam/statement.ts';
import { type Identity, SANDBOX_ACCOUNT, stableId } from './identities.ts';

export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Whose web identity tokens a role's trust policy accepts: those of one service account of one cluster, say. */
export interface WebIdentityTrust {
  /** `https://oidc.eks.<region>.amazonaws.com/id/<id>` */
  readonly issuer: string;
  /** `system:serviceaccount:<namespace>:<name>` */
  readonly subject: string;
}

/** A role as STS knows it: what its trust policy asks of those who assume it, and what its sessions may do. */
export interface KnownRole {
  readonly externalId?: string;
  readonly webIdentity?: WebIdentityTrust;
  /** Without any, sessions may do everything. */
  readonly statements?: readonly Statement[];
}

export interface SandboxRole {
  /** What its trust policy asks of those who assume it. */
  readonly externalId?: string;
  readonly webIdentity?: WebIdentityTrust;
  /** What its sessions may do; everything unless told. */
  readonly policies?: readonly PolicyDocument[];
}

function statementsOf(policies: readonly PolicyDocument[] | undefined, whose: string): { readonly statements?: readonly Statement[] } {
  if (policies === undefined) return {};
  return { statements: policies.flatMap((policy, index) => readPolicy(policy, `policy ${index + 1} of ${whose}`)) };
}

/** @throws InvalidPolicyError */
export function userOf(credentials: SandboxCredentials, policies: readonly PolicyDocument[] | undefined): Identity {
  const arn = `arn:aws:iam::${SANDBOX_ACCOUNT}:user/nightshift`;
  return { ...credentials, arn, userId: stableId('AIDA', 'nightshift'), ...statementsOf(policies, arn) };
}

/** @throws InvalidPolicyError */
export function rolesOf(roles: Readonly<Record<string, SandboxRole>> = {}): Map<string, KnownRole> {
  return new Map(
    Object.entries(roles).map(([arn, { policies, ...trust }]) => [arn, { ...trust, ...statementsOf(policies, arn) }] as const),
  );
}
