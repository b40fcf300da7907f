import { createHash } from 'node:crypto';

/** Reflected CRC tables by their polynomial; 32 bits fit numbers, NVMe's 64 need BigInt. */
function crc32Table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
}

function crc32With(table: Uint32Array): (data: Buffer) => Buffer {
  return (data) => {
    let crc = 0xffffffff;
    for (const byte of data) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
    const result = Buffer.alloc(4);
    result.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return result;
  };
}

const ALL_64 = 0xffff_ffff_ffff_ffffn;

const crc64Table = BigUint64Array.from({ length: 256 }, (_, index) => {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0x9a6c_9329_ac4b_c9b5n : value >> 1n;
  return value;
});

function crc64Nvme(data: Buffer): Buffer {
  let crc = ALL_64;
  for (const byte of data) crc = (crc >> 8n) ^ (crc64Table[Number(crc & 0xffn) ^ byte] ?? 0n);
  const result = Buffer.alloc(8);
  result.writeBigUInt64BE(crc ^ ALL_64);
  return result;
}

const hash =
  (algorithm: string) =>
  (data: Buffer): Buffer =>
    createHash(algorithm).update(data).digest();

/** S3's checksum headers (`x-amz-checksum-<name>`), each with its base64-encoded function. */
export const checksumAlgorithms: Readonly<Record<string, (data: Buffer) => Buffer>> = {
  crc32: crc32With(crc32Table(0xedb88320)),
  crc32c: crc32With(crc32Table(0x82f63b78)),
  crc64nvme: crc64Nvme,
  sha1: hash('sha1'),
  sha256: hash('sha256'),
};
