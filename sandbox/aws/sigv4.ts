import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signature Version 4 from the verifier's side, written from "Create a signed AWS API request" of the IAM user guide and on purpose not on the library that signs:
 * two implementations that agree prove more than one that agrees with itself.
 */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SignedParts {
  readonly method: string;
  /** Percent-encoded, as sent. */
  readonly rawPath: string;
  /** Every query parameter, decoded, except X-Amz-Signature. */
  readonly query: readonly (readonly [string, string])[];
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
  /** `yyyymmddThhmmssZ` */
  readonly amzDate: string;
  readonly scope: CredentialScope;
}

export const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

export const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** RFC 3986: everything but the unreserved characters. */
const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function canonicalQuery(query: SignedParts['query']): string {
  return query
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([a, x], [b, y]) => byCodeUnit(a, b) || byCodeUnit(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** S3 signs the path as it is sent; every other service encodes it once more. */
function canonicalPath(rawPath: string, service: string): string {
  return service === 's3' ? rawPath : rawPath.split('/').map(encodeRfc3986).join('/');
}

export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

export function signingKey(secretAccessKey: string, { date, region, service }: CredentialScope): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), service), 'aws4_request');
}

/** The signature that these parts must carry, in lower-case hex. */
export function expectedSignature(parts: SignedParts, secretAccessKey: string): string {
  const canonicalHeaders = parts.signedHeaders
    .map((name) => `${name}:${(parts.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`)
    .join('');
  const canonicalRequest = [
    parts.method,
    canonicalPath(parts.rawPath, parts.scope.service),
    canonicalQuery(parts.query),
    canonicalHeaders,
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', parts.amzDate, scopeText(parts.scope), sha256Hex(canonicalRequest)].join('\n');
  return hmac(signingKey(secretAccessKey, parts.scope), toSign).toString('hex');
}

export function signaturesEqual(a: string, b: string): boolean {
  return timingSafeEqual(hmac('compare', a), hmac('compare', b));
}

/** `AKID/yyyymmdd/region/service/aws4_request` */
export function parseCredential(credential: string): CredentialScope | undefined {
  const [accessKeyId, date, region, service, end, ...rest] = credential.split('/');
  if (!accessKeyId || !date || !/^\d{8}$/.test(date) || !region || !service || end !== 'aws4_request' || rest.length > 0) return undefined;
  return { accessKeyId, date, region, service };
}

/** @returns epoch milliseconds, or NaN for anything but `yyyymmddThhmmssZ` */
export function parseAmzDate(text: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
