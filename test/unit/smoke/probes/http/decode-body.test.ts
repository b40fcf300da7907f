import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../../../lib/smoke/probes/http/decode-body.ts';
import { failure } from '../../../../support/failure.ts';

describe('unpacking', () => {
  const zeros = Buffer.alloc(1_000_000);
  const bombs = [
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['deflate', deflateRawSync(zeros)],
    // The step in between is the one that is too large.
    ['gzip, gzip', gzipSync(gzipSync(zeros, { level: 0 }))],
  ] as const;

  it.each(bombs)('stops where the check stops reading: %s', async (coding, bytes) => {
    expect(await failure(decodeBody(bytes, coding, 10_000))).toMatchObject({ failure: 'limit' });
  });

  it.each(bombs.slice(0, 4))('yields what just fits: %s', async (coding, bytes) => {
    expect(await decodeBody(bytes, coding, zeros.length)).toHaveLength(zeros.length);
  });
});
