import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../support/zip.ts';

interface Entry {
  readonly name: string;
  readonly content?: string;
  readonly method?: 0 | 8 | 12;
  readonly extra?: string;
}

/** A zip as APPNOTE.TXT draws it, sizes only in its central directory, as programs write it that do not know them beforehand. */
function zipOf(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  for (const { name, content = '', method = 0, extra = '' } of entries) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const offset = Buffer.concat(locals).length;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(extra.length, 28);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc32(content), 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name + extra), packed);
    centrals.push(central, Buffer.from(name));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(locals).length, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

describe('readZip', () => {
  it('gives the files, packed or not, and no folders', () => {
    const zip = zipOf([
      { name: 'index.mjs', content: 'export {};', extra: 'UT-times' },
      { name: 'chunks/' },
      { name: 'chunks/a.mjs', content: 'a'.repeat(1000), method: 8 },
    ]);

    const files = [...readZip(zip)].map(([path, content]) => [path, content.toString()]);

    expect(files).toEqual([
      ['index.mjs', 'export {};'],
      ['chunks/a.mjs', 'a'.repeat(1000)],
    ]);
  });

  it('refuses a file whose bytes are not the ones that were packed', () => {
    const zip = zipOf([{ name: 'a', content: 'original' }]);
    zip.write('tampered', zip.indexOf('original'));

    expect(() => readZip(zip)).toThrow('a: its checksum is wrong');
  });

  it('refuses what it cannot unpack', () => {
    expect(() => readZip(zipOf([{ name: 'a', content: 'x', method: 12 }]))).toThrow('a: packed by method 12');
  });

  it.each([
    ['something else', Buffer.from('<html>')],
    ['half a zip', zipOf([{ name: 'a', content: 'x' }]).subarray(0, 60)],
    ['a directory that leads nowhere', Buffer.concat([zipOf([]).subarray(0, 8), Buffer.from([1, 0, 1, 0]), Buffer.alloc(10, 9)])],
  ])('refuses %s', (_, bytes) => {
    expect(() => readZip(bytes)).toThrow('not a zip');
  });
});
