import { describe, expect, it } from 'vitest';
import { portableMap } from '../../../build/portable-map.ts';

function sourcesOf(sources: readonly string[], folder: string): unknown {
  return JSON.parse(portableMap(JSON.stringify({ version: 3, sources, names: [], mappings: 'AAAA' }), folder)).sources;
}

describe('portableMap', () => {
  it('names sources from the root of the project', () => {
    const sources = ['../../../lib/a.ts', '../../../node_modules/zod/z.js', './other.mjs'];

    expect(sourcesOf(sources, 'dist/bundle/chunks')).toEqual(['lib/a.ts', 'node_modules/zod/z.js', 'dist/bundle/chunks/other.mjs']);
  });

  it('leaves what is no file as it is', () => {
    expect(sourcesOf(['builtin:node:tls'], 'dist/bundle')).toEqual(['builtin:node:tls']);
  });

  it('holds no source text and keeps the rest', () => {
    const map = { version: 3, sources: ['../a.ts'], sourcesContent: ['secret'], names: ['x'], mappings: 'AAAA' };

    expect(JSON.parse(portableMap(JSON.stringify(map), 'dist'))).toEqual({ version: 3, sources: ['a.ts'], names: ['x'], mappings: 'AAAA' });
  });
});
