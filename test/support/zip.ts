import { crc32, inflateRawSync } from 'node:zlib';

/** PKWARE's APPNOTE.TXT: 4.3.16 end of the central directory, 4.3.12 its headers, 4.3.7 the header before each file. */
const END = { signature: 0x06054b50, bytes: 22 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const STORED = 0;
const DEFLATED = 8;

/**
 * The files of a zip by their paths, as its central directory lists them; entries of folders are left out. No ZIP64, no encryption.
 * @throws Error when it is no such zip, or a file's bytes do not have its checksum
 */
export function readZip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END.bytes > zip.length) throw new Error('not a zip: it has no central directory');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expectSignature(zip, at, CENTRAL.signature);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [number, number, number];
    const name = zip.toString('utf8', at + CENTRAL.bytes, at + CENTRAL.bytes + nameBytes);
    if (!name.endsWith('/')) files.set(name, contentOf(zip, at, name));
    at += CENTRAL.bytes + nameBytes + extraBytes + commentBytes;
  }
  return files;
}

function contentOf(zip: Buffer, central: number, name: string): Buffer {
  const method = zip.readUInt16LE(central + 10);
  const local = zip.readUInt32LE(central + 42);
  expectSignature(zip, local, LOCAL.signature);
  const start = local + LOCAL.bytes + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(central + 20));
  if (method !== STORED && method !== DEFLATED) throw new Error(`${name}: packed by method ${method}, which is not read here`);
  const content = method === STORED ? Buffer.from(packed) : inflateRawSync(packed);
  if (crc32(content) !== zip.readUInt32LE(central + 16)) throw new Error(`${name}: its checksum is wrong`);
  return content;
}

function expectSignature(zip: Buffer, at: number, signature: number): void {
  if (at + 4 > zip.length || zip.readUInt32LE(at) !== signature) throw new Error(`not a zip: no header at byte ${at}`);
}
