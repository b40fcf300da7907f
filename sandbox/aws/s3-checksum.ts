import { createHash } from 'node:crypto';
import { checksumAlgorithms } from './checksums.ts';
import { AwsFault } from './fault.ts';

const HEADER = 'x-amz-checksum-';

/**
 * Verifies what the client said about its body (Content-MD5, checksum headers, checksum trailers).
 * @returns the checksums to keep with the object, by algorithm
 */
export function verifiedChecksums(body: Buffer, sent: Readonly<Record<string, string>>): Record<string, string> {
  const md5 = sent['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsFault(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent)) {
    const algorithm = name.startsWith(HEADER) ? name.slice(HEADER.length) : '';
    const checksum = checksumAlgorithms[algorithm];
    if (!checksum) continue;
    if (checksum(body).toString('base64') !== value) {
      throw new AwsFault(400, 'BadDigest', `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
    }
    kept[algorithm] = value;
  }
  if (Object.keys(kept).length > 1) throw new AwsFault(400, 'InvalidRequest', 'Expecting a single x-amz-checksum- header.');
  return kept;
}

export function checksumHeaders(checksums: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(checksums).map(([algorithm, value]) => [`${HEADER}${algorithm}`, value] as const);
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), [`${HEADER}type`]: 'FULL_OBJECT' };
}
