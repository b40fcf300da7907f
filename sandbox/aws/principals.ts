import type { PolicyDocument, TrustPolicyDocument } from './iam/policy-document.ts';
import { readPolicy } from './iam/read-policy.ts';
import { type ResourceStatement, readTrustPolicy } from './iam/read-resource-policy.ts';
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
  readonly trust?: readonly ResourceStatement[];
  readonly externalId?: string;
  readonly webIdentity?: WebIdentityTrust;
  /** Without any, sessions may do everything. */
  readonly statements?: readonly Statement[];
}

/** Who may assume a role with AssumeRole: whom its trust policy says, or in short, everybody known who has the external id. */
export type RoleTrust =
  | { readonly trust: TrustPolicyDocument; readonly externalId?: never }
  | { readonly trust?: never; readonly externalId?: string };

export type SandboxRole = RoleTrust & {
  readonly webIdentity?: WebIdentityTrust;
  /** What its sessions may do; everything unless told. */
  readonly policies?: readonly PolicyDocument[];
};

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
  return new Map(Object.entries(roles).map(([arn, role]) => [arn, roleOf(arn, role)] as const));
}

function roleOf(arn: string, { policies, trust, externalId, webIdentity }: SandboxRole): KnownRole {
  return {
    ...(trust && { trust: readTrustPolicy(trust, `trust policy of ${arn}`) }),
    ...(externalId !== undefined && { externalId }),
    ...(webIdentity && { webIdentity }),
    ...statementsOf(policies, arn),
  };
}
