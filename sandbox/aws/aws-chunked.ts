import type { Authenticated } from './authenticate.ts';
import { AwsFault } from './fault.ts';
import { hmac, scopeText, sha256Hex, signaturesEqual, signingKey } from './sigv4.ts';

export interface Unchunked {
  readonly body: Buffer;
  /** Lower-case names: the checksum that follows the body. */
  readonly trailers: Readonly<Record<string, string>>;
}

const malformed = (): AwsFault => new AwsFault(400, 'InvalidChunkSizeError', 'The aws-chunked body is malformed.');

/** Every chunk is signed over the one before it ("Signature calculations for the authorization header: transferring payload in multiple chunks"). */
function chunkVerifier(auth: Authenticated): (kind: 'PAYLOAD' | 'TRAILER', data: Buffer | string, signature: string | undefined) => void {
  const key = signingKey(auth.identity.secretAccessKey, auth.scope);
  let previous = auth.signature;
  return (kind, data, signature) => {
    const hashes = kind === 'PAYLOAD' ? [sha256Hex(''), sha256Hex(data)] : [sha256Hex(data)];
    const expected = hmac(key, [`AWS4-HMAC-SHA256-${kind}`, auth.amzDate, scopeText(auth.scope), previous, ...hashes].join('\n')).toString(
      'hex',
    );
    if (signature === undefined || !signaturesEqual(signature, expected)) {
      throw new AwsFault(403, 'SignatureDoesNotMatch', 'A chunk signature does not match.');
    }
    previous = expected;
  };
}

function readLine(body: Buffer, start: number): { readonly line: string; readonly next: number } {
  const end = body.indexOf('\r\n', start);
  if (end < 0) throw malformed();
  return { line: body.toString('latin1', start, end), next: end + 2 };
}

function readTrailers(body: Buffer, start: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (let at = start; at < body.length; ) {
    const { line, next } = readLine(body, at);
    at = next;
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

/**
 * Takes an aws-chunked body apart: `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, `STREAMING-AWS4-HMAC-SHA256-PAYLOAD` and the latter with `-TRAILER`, signatures verified.
 * Other bodies are returned as they are.
 */
export function unchunk(body: Buffer, headers: Readonly<Record<string, string>>, auth: Authenticated): Unchunked {
  const mode = headers['x-amz-content-sha256'] ?? '';
  if (!mode.startsWith('STREAMING-')) return { body, trailers: {} };
  const verify = mode.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') ? chunkVerifier(auth) : undefined;
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const { line, next } = readLine(body, at);
    const [, size, signature] = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line) ?? [];
    if (size === undefined) throw malformed();
    const length = Number.parseInt(size, 16);
    const chunk = body.subarray(next, next + length);
    if (chunk.length < length) throw new AwsFault(400, 'IncompleteBody', 'You did not provide the number of bytes specified.');
    verify?.('PAYLOAD', chunk, signature);
    if (length === 0) {
      const trailers = readTrailers(body, next);
      const signed = Object.entries(trailers).filter(([name]) => name !== 'x-amz-trailer-signature');
      if (verify && signed.length > 0) {
        verify('TRAILER', signed.map(([name, value]) => `${name}:${value}\n`).join(''), trailers['x-amz-trailer-signature']);
      }
      return finish(Buffer.concat(chunks), trailers, headers);
    }
    chunks.push(chunk);
    at = next + length + 2;
  }
}

function finish(body: Buffer, trailers: Record<string, string>, headers: Readonly<Record<string, string>>): Unchunked {
  const declared = headers['x-amz-decoded-content-length'];
  if (declared === undefined) throw new AwsFault(411, 'MissingContentLength', 'You must provide the x-amz-decoded-content-length header.');
  if (Number(declared) !== body.length)
    throw new AwsFault(400, 'IncompleteBody', 'The decoded length does not match x-amz-decoded-content-length.');
  const promised = headers['x-amz-trailer'];
  if (promised !== undefined && trailers[promised.toLowerCase()] === undefined)
    throw new AwsFault(400, 'MalformedTrailerError', `The trailer ${promised} is missing.`);
  return { body, trailers };
}
