import type { IdentityLookup } from './identities.ts';
import { expectedSignature, parseAmzDate, parseCredential, sha256Hex, signaturesEqual } from './sigv4.ts';

export type TokenVerdict = { readonly ok: true; readonly arn: string } | { readonly ok: false; readonly reason: string };

export interface VerifyTokenOptions {
  readonly clusterName: string;
  readonly lookup: IdentityLookup;
  /** Epoch milliseconds. */
  readonly now: number;
}

const PREFIX = 'k8s-aws-v1.';
const MAX_BYTES = 4096;
const LIFE_MS = 15 * 60_000;
const MAX_EXPIRES = 900;
const allowedNames = new Set([
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]);
/** The STS hosts of the commercial partition: the global one, one per region, FIPS and dual stack. */
const stsHost = /^sts(?:-fips)?(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com$|^sts\.[a-z]{2}(?:-[a-z]+)+-\d\.api\.aws$/;

class Refusal extends Error {}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal(reason);
}

function decode(token: string): URL {
  check(token.startsWith(PREFIX), `it does not start with ${PREFIX}`);
  check(Buffer.byteLength(token) <= MAX_BYTES, `it is longer than ${MAX_BYTES} bytes`);
  const encoded = token.slice(PREFIX.length);
  check(/^[A-Za-z0-9_-]+$/.test(encoded), 'it is not base64url without padding');
  const url = Buffer.from(encoded, 'base64url').toString('utf8');
  check(URL.canParse(url), 'it holds no URL');
  return new URL(url);
}

/** The rules that aws-iam-authenticator applies to the URL before it asks STS. */
function checkUrl(url: URL): Map<string, string> {
  check(url.protocol === 'https:', 'its scheme is not https');
  check(stsHost.test(url.host), `${url.host} is no STS endpoint`);
  check(url.pathname === '/', 'its path is not /');
  check(url.username === '' && url.password === '' && url.hash === '', 'its URL has more than host, path and query');
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    check(allowedNames.has(name), `the query name ${name} is not allowed`);
    check(!query.has(name), `the query name ${name} is repeated`);
    query.set(name, value);
  }
  check(query.get('Action') === 'GetCallerIdentity', 'its action is not GetCallerIdentity');
  check(query.get('Version') === '2011-06-15', 'its API version is not 2011-06-15');
  check(query.get('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256', 'its algorithm is not AWS4-HMAC-SHA256');
  return query;
}

function checkTime(query: ReadonlyMap<string, string>, now: number): void {
  const expires = Number(query.get('X-Amz-Expires') ?? Number.NaN);
  check(Number.isInteger(expires) && expires >= 0 && expires <= MAX_EXPIRES, `X-Amz-Expires is not 0 to ${MAX_EXPIRES}`);
  const signedAt = parseAmzDate(query.get('X-Amz-Date') ?? '');
  check(!Number.isNaN(signedAt), 'X-Amz-Date is not a date');
  check(signedAt - now <= LIFE_MS, 'it was signed in the future');
  check(now - signedAt <= LIFE_MS, 'it has expired');
}

/** What STS does when the authenticator sends the URL on with the cluster's name in the signed header. */
function checkSignature(url: URL, query: ReadonlyMap<string, string>, { clusterName, lookup, now }: VerifyTokenOptions): string {
  const signedHeaders = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  check(signedHeaders.join(';') === 'host;x-k8s-aws-id', 'its signed headers are not host;x-k8s-aws-id');
  const scope = parseCredential(query.get('X-Amz-Credential') ?? '');
  check(scope !== undefined && scope.service === 'sts', 'its credential is not for STS');
  const amzDate = query.get('X-Amz-Date') ?? '';
  check(amzDate.startsWith(scope.date), 'its credential is of another day than its date');
  const [, regionOfHost] = /^sts(?:-fips)?\.([a-z0-9-]+)\./.exec(url.host) ?? [];
  const signedFor = regionOfHost === undefined || regionOfHost === 'amazonaws' ? 'us-east-1' : regionOfHost;
  check(scope.region === signedFor, `it is signed for ${scope.region} but sent to ${url.host}`);
  const identity = lookup(scope.accessKeyId);
  check(identity !== undefined, 'its access key is unknown');
  check(identity.sessionToken === query.get('X-Amz-Security-Token'), 'its session token is not that of its access key');
  check(identity.expiresAt === undefined || now < identity.expiresAt, 'the credentials that signed it have expired');
  const expected = expectedSignature(
    {
      method: 'GET',
      rawPath: '/',
      query: [...query].filter(([name]) => name !== 'X-Amz-Signature'),
      headers: { host: url.host, 'x-k8s-aws-id': clusterName },
      signedHeaders,
      payloadHash: sha256Hex(''),
      amzDate,
      scope,
    },
    identity.secretAccessKey,
  );
  check(
    signaturesEqual(query.get('X-Amz-Signature') ?? '', expected),
    'its signature is wrong (another cluster name, or another secret key)',
  );
  return identity.arn;
}

/**
 * Verifies a cluster token as aws-iam-authenticator does with the help of STS: `k8s-aws-v1.` and a presigned GetCallerIdentity of at most 4096 bytes, nine query
 * names and no others, valid for 15 minutes after its date whatever X-Amz-Expires says, signed over the cluster's name.
 */
export function verifyEksToken(token: string, options: VerifyTokenOptions): TokenVerdict {
  try {
    const url = decode(token);
    const query = checkUrl(url);
    checkTime(query, options.now);
    return { ok: true, arn: checkSignature(url, query, options) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message };
    throw error;
  }
}
