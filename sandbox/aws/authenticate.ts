import { AwsFault } from './fault.ts';
import type { Identity, IdentityLookup } from './identities.ts';
import {
  type CredentialScope,
  expectedSignature,
  parseAmzDate,
  parseCredential,
  type SignedParts,
  sha256Hex,
  signaturesEqual,
} from './sigv4.ts';

/** What came over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Authenticated {
  readonly identity: Identity;
  readonly scope: CredentialScope;
  readonly signature: string;
  readonly amzDate: string;
}

const MAX_SKEW_MS = 15 * 60_000;

interface Claim extends SignedParts {
  readonly body: Buffer;
  readonly signature: string;
  readonly sessionToken: string | undefined;
  readonly expiresMs: number | undefined;
}

/** The service that the credential names, before anything is verified: it decides how even a refusal is worded. */
export function claimedScope(request: WireRequest): CredentialScope | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  const query = request.query.find(([name]) => name === 'X-Amz-Credential')?.[1];
  return parseCredential(header ?? query ?? '');
}

const incomplete = (what: string): AwsFault => new AwsFault(400, 'IncompleteSignature', `The request signature is incomplete: ${what}`);

function headerClaim(request: WireRequest, scope: CredentialScope): Claim {
  const authorization = request.headers.authorization ?? '';
  const signedHeaders = /SignedHeaders=([^,\s]+)/.exec(authorization)?.[1]?.split(';');
  const signature = /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1];
  if (!authorization.startsWith('AWS4-HMAC-SHA256 ') || !signedHeaders || !signature) throw incomplete('Authorization');
  const declared = request.headers['x-amz-content-sha256'];
  if (scope.service === 's3' && declared === undefined) {
    throw new AwsFault(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return {
    ...request,
    scope,
    signedHeaders,
    signature,
    payloadHash: declared ?? sha256Hex(request.body),
    amzDate: request.headers['x-amz-date'] ?? '',
    sessionToken: request.headers['x-amz-security-token'],
    expiresMs: undefined,
  };
}

function queryClaim(request: WireRequest, scope: CredentialScope): Claim {
  const value = (name: string): string => request.query.find(([key]) => key === name)?.[1] ?? '';
  const expires = Number(value('X-Amz-Expires'));
  if (!Number.isInteger(expires) || expires < 0 || expires > 604_800) throw incomplete('X-Amz-Expires');
  return {
    ...request,
    scope,
    query: request.query.filter(([name]) => name !== 'X-Amz-Signature'),
    signedHeaders: value('X-Amz-SignedHeaders').split(';'),
    signature: value('X-Amz-Signature'),
    payloadHash: scope.service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256Hex(request.body),
    amzDate: value('X-Amz-Date'),
    sessionToken: value('X-Amz-Security-Token') || undefined,
    expiresMs: expires * 1000,
  };
}

function checkTime(claim: Claim, now: number): void {
  const signedAt = parseAmzDate(claim.amzDate);
  if (Number.isNaN(signedAt) || !claim.amzDate.startsWith(claim.scope.date)) throw incomplete('x-amz-date');
  if (claim.expiresMs !== undefined && now > signedAt + claim.expiresMs) throw new AwsFault(403, 'RequestExpired', 'Request has expired');
  if (signedAt - now > MAX_SKEW_MS || (claim.expiresMs === undefined && now - signedAt > MAX_SKEW_MS)) {
    throw new AwsFault(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  }
}

/** Headers that AWS insists on being signed, lest someone on the way change them. */
function checkSignedHeaders({ signedHeaders, headers, expiresMs }: Claim): void {
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || (expiresMs === undefined && name.startsWith('x-amz-')));
  const missing = mustBeSigned.find((name) => !signedHeaders.includes(name));
  if (missing !== undefined)
    throw new AwsFault(403, 'AccessDenied', `There were headers present in the request which were not signed: ${missing}`);
}

function checkPayload({ payloadHash, body }: Claim): void {
  if (payloadHash === 'UNSIGNED-PAYLOAD' || payloadHash.startsWith('STREAMING-')) return;
  if (payloadHash !== sha256Hex(body)) {
    throw new AwsFault(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
}

/**
 * Verifies the signature of a request, in its Authorization header or its query, as AWS does.
 * @param now epoch milliseconds of the sandbox's clock
 * @throws AwsFault with S3's error codes; the fronts of the other services translate them
 */
export function authenticate(request: WireRequest, lookup: IdentityLookup, now: number): Authenticated {
  const scope = claimedScope(request);
  if (!scope) throw new AwsFault(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
  const claim = request.headers.authorization === undefined ? queryClaim(request, scope) : headerClaim(request, scope);
  const identity = lookup(scope.accessKeyId);
  if (!identity) throw new AwsFault(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  if (identity.sessionToken !== claim.sessionToken)
    throw new AwsFault(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  checkTime(claim, now);
  checkSignedHeaders(claim);
  if (!signaturesEqual(claim.signature, expectedSignature(claim, identity.secretAccessKey))) {
    throw new AwsFault(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
  }
  if (identity.expiresAt !== undefined && now >= identity.expiresAt)
    throw new AwsFault(400, 'ExpiredToken', 'The provided token has expired.');
  checkPayload(claim);
  return { identity, scope, signature: claim.signature, amzDate: claim.amzDate };
}
