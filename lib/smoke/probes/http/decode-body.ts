import * as zlib from 'node:zlib';
import { bodyTooLarge } from '../body-too-large.ts';
import { codeOf } from '../network-failure.ts';
import { ProbeFailure } from '../probe-failure.ts';

/** A body is packed once; a chain of packings is an attempt on the reader. */
const MOST_ENCODINGS = 3;

type Decode = (bytes: Buffer, mostBytes: number) => Promise<Buffer>;

const gunzip: Decode = (bytes, maxOutputLength) => call((done) => zlib.gunzip(bytes, { maxOutputLength }, done));
const unzstd: Decode = (bytes, maxOutputLength) => call((done) => zlib.zstdDecompress(bytes, { maxOutputLength }, done));

const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['br', (bytes, maxOutputLength) => call((done) => zlib.brotliDecompress(bytes, { maxOutputLength }, done))],
  // RFC 9110 says zlib; many servers send it bare.
  [
    'deflate',
    (bytes, maxOutputLength) => call((done) => (hasZlibHeader(bytes) ? zlib.inflate : zlib.inflateRaw)(bytes, { maxOutputLength }, done)),
  ],
  // Since Node 22.15.
  ...(typeof zlib.zstdDecompress === 'function' ? ([['zstd', unzstd]] as const) : []),
]);

/**
 * Undoes the content codings, the last one first. Neither a step nor the whole yields more than `mostBytes`: decoding stops there.
 * @throws ProbeFailure of class `limit`, or `protocol` for bytes or a coding that cannot be read
 */
export async function decodeBody(bytes: Buffer, contentEncoding: string, mostBytes: number): Promise<Buffer> {
  const codings = contentEncoding
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  // No body has no coding: answers to HEAD, 204 and 304 may name one all the same.
  if (bytes.length === 0 || codings.length === 0) return bytes;
  if (codings.length > MOST_ENCODINGS) throw unreadable(`the answer is packed ${codings.length} times`);
  let decoded = bytes;
  for (const coding of codings.reverse()) {
    const decode = DECODERS.get(coding);
    if (!decode) throw unreadable('the answer has a content encoding that cannot be undone');
    decoded = await decode(decoded, mostBytes).catch((error: unknown) => {
      throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE'
        ? bodyTooLarge(mostBytes)
        : unreadable(`the answer is not the ${coding} it says it is`);
    });
  }
  return decoded;
}

function unreadable(why: string): ProbeFailure {
  return new ProbeFailure(
    'protocol',
    why,
    'look at what the server, or a proxy before it, does to bodies; `decompress: false` takes them as they are',
  );
}

/** RFC 1950: method 8, and a check sum over the first two bytes. */
function hasZlibHeader(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function call(start: (done: (error: Error | null, result: Buffer) => void) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result))));
}
