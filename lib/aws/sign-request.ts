import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from './credentials.ts';
import { NodeSha256 } from './node-sha256.ts';

export interface UnsignedRequest {
  readonly method: string;
  /** As it is sent: path and query are signed by what they decode to, so spell it as `signableUrl` does. */
  readonly url: URL;
  /** With Host. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer;
}

export interface SigningIdentity {
  /** `execute-api`, `s3`, `lambda` */
  readonly service: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Epoch ms; services accept a signature for five minutes around it. */
  readonly now: number;
}

/** What a proxy may change is not signed. */
const SIGNED = /^(?:host|content-type|content-md5|range|x-amz-.*)$/i;

/** The headers that prove who sends a request, by AWS Signature Version 4: date, hash of the body, session token, signature. The body is always signed. */
export async function signRequest(
  { method, url, headers, body }: UnsignedRequest,
  { service, region, credentials, now }: SigningIdentity,
): Promise<readonly (readonly [name: string, value: string])[]> {
  const given = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (SIGNED.test(key)) given.set(key, given.has(key) ? `${given.get(key)},${value.trim()}` : value.trim());
  }
  // Only S3 takes the path as it is; the others encode it once more before they compare.
  const signer = new SignatureV4({ service, region, credentials, sha256: NodeSha256, uriEscapePath: service !== 's3' });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: Object.fromEntries(given),
      body: body ?? '',
    },
    { signingDate: new Date(now) },
  );
  return Object.entries(signed.headers).filter(([name]) => !given.has(name.toLowerCase()));
}

function queryOf(url: URL): Record<string, string | string[]> {
  const query = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) query.set(name, [...(query.get(name) ?? []), value]);
  return Object.fromEntries(query);
}
