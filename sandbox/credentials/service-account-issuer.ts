import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface ServiceAccountToken {
  /** `system:serviceaccount:<namespace>:<name>` */
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** @default sts.amazonaws.com */
  readonly audience?: string;
}

export interface ServiceAccountIssuer {
  readonly issuer: string;
  /** What the identity provider of the account is made of. */
  readonly publicKey: KeyObject;
  /** A token as EKS projects it into a Pod with IRSA. */
  token(claims: ServiceAccountToken): string;
}

const BITS = 2048;

const encode = (document: object): string => Buffer.from(JSON.stringify(document)).toString('base64url');

/** A cluster's OIDC issuer with a key of its own: JSON web tokens (RFC 7519) signed with RS256. */
export function createServiceAccountIssuer(issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/SANDBOX'): ServiceAccountIssuer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: BITS });
  return {
    issuer,
    publicKey,
    token({ subject, expiresAt, audience = 'sts.amazonaws.com' }) {
      const claims = { iss: issuer, sub: subject, aud: [audience], exp: Math.floor(expiresAt / 1000) };
      const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}
