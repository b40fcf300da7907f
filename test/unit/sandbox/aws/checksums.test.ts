import { expect, it } from 'vitest';
import { checksumAlgorithms } from '../../../../sandbox/aws/checksums.ts';

/** Check values of the CRC catalogue for the ASCII digits 1 to 9, and the usual vectors of the hashes. */
it.each([
  ['crc32', 'cbf43926'],
  ['crc32c', 'e3069283'],
  ['crc64nvme', 'ae8b14860a799888'],
  ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
  ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
])('%s of "123456789"', (algorithm, hex) => {
  expect(checksumAlgorithms[algorithm]?.(Buffer.from('123456789')).toString('hex')).toBe(hex);
});
