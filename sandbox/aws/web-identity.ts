import { type KeyObject, verify } from 'node:crypto';
import { AwsFault } from './fault.ts';
import type { KnownRole } from './principals.ts';
import type { AwsResponse } from './service.ts';
import type { OpenSession } from './sessions.ts';
import { sessionResult, stsAnswer } from './sts-answer.ts';

const ACTION = 'AssumeRoleWithWebIdentity';
/** What EKS puts into the tokens it projects into Pods with IRSA. */
const AUDIENCE = 'sts.amazonaws.com';

export interface WebIdentityOptions {
  readonly roles: ReadonlyMap<string, KnownRole>;
  /** Public keys of the identity providers of the account, by the issuer that tokens name. */
  readonly oidcProviders: ReadonlyMap<string, KeyObject>;
  readonly openSession: OpenSession;
  readonly now: () => number;
}

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: readonly string[];
  /** Epoch seconds. */
  readonly exp: number;
}

const invalidToken = (message: string): AwsFault => new AwsFault(400, 'InvalidIdentityToken', message);

/** Reads a JWT (RFC 7519) that is signed with RS256 by a provider that the account knows. */
function verifiedClaims(token: string, providers: WebIdentityOptions['oidcProviders']): Claims {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const { alg } = part(header);
  const { iss, sub, aud, exp } = part(payload);
  if (rest.length > 0 || alg !== 'RS256') throw invalidToken('The ID Token provided is not a valid JWT.');
  const key = providers.get(String(iss));
  if (!key) throw invalidToken(`No OpenIDConnect provider found in your account for ${iss}`);
  if (!verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
    throw invalidToken('Token signature invalid');
  return { iss: String(iss), sub: String(sub), aud: [aud].flat().map(String), exp: Number(exp) };
}

function part(encoded: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    throw invalidToken('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
}

/**
 * AssumeRoleWithWebIdentity: unsigned, for the token is the proof. It must be signed by a provider that the account knows, meant for STS and in date, and the
 * role's trust policy must name its issuer and subject. @throws AwsFault
 */
export function assumeRoleWithWebIdentity(options: WebIdentityOptions, input: URLSearchParams): AwsResponse {
  const { roles, oidcProviders, openSession, now } = options;
  const roleArn = input.get('RoleArn') ?? '';
  const { iss, sub, aud, exp } = verifiedClaims(input.get('WebIdentityToken') ?? '', oidcProviders);
  if (!aud.includes(AUDIENCE)) throw invalidToken('Incorrect token audience');
  if (exp * 1000 <= now()) {
    throw new AwsFault(400, 'ExpiredTokenException', `Token expired: current date/time ${now()} must be before the expiration date/time`);
  }
  const trust = roles.get(roleArn)?.webIdentity;
  // A role that is not there reads like one that trusts somebody else.
  if (trust?.issuer !== iss || trust.subject !== sub) throw new AwsFault(403, 'AccessDenied', `Not authorized to perform sts:${ACTION}`);
  const seconds = Number(input.get('DurationSeconds') ?? 3600);
  const session = openSession({ roleArn, sessionName: input.get('RoleSessionName') ?? 'session', expiresAt: now() + seconds * 1000 });
  return stsAnswer(ACTION, { ...sessionResult(session), SubjectFromWebIdentityToken: sub, Audience: AUDIENCE, Provider: iss });
}
