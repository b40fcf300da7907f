import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { compose, compositionTable } from '../../../build/composition.ts';

type Output = Metafile['outputs'][string];

function anOutput(bytes: number, inputs: Record<string, number>, imports: Output['imports'] = []): Output {
  const bytesOf = Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }]);
  return { bytes, inputs: Object.fromEntries(bytesOf), imports, exports: [] };
}

const metafile: Metafile = {
  inputs: {},
  outputs: {
    'out/index.mjs': anOutput(130, { 'lib/a.ts': 100, 'node_modules/zod/z.js': 20 }, [
      { path: 'out/chunks/shared.mjs', kind: 'import-statement' },
      { path: 'out/chunks/later.mjs', kind: 'dynamic-import' },
      { path: 'node:fs', kind: 'import-statement', external: true },
    ]),
    'out/chunks/shared.mjs': anOutput(50, { 'node_modules/@smithy/core/c.js': 50 }),
    'out/chunks/later.mjs': anOutput(9000, { 'node_modules/axios/a.js': 8000, 'node_modules/zod/more.js': 1000 }, [
      { path: 'out/chunks/shared.mjs', kind: 'import-statement' },
    ]),
    'out/index.mjs.map': anOutput(99_999, {}),
  },
};

describe('compose', () => {
  it('counts as init what the entry imports statically, through chunks too, and as later what it imports dynamically', () => {
    const { packages } = compose(metafile, 'out/index.mjs');

    expect(packages).toEqual([
      { package: 'nightshift', init: 100, onDemand: 0 },
      { package: '@smithy/core', init: 50, onDemand: 0 },
      { package: 'zod', init: 20, onDemand: 1000 },
      { package: '(bundler)', init: 10, onDemand: 0 },
      { package: 'axios', init: 0, onDemand: 8000 },
    ]);
  });

  it('accounts for every byte of code and leaves source maps out', () => {
    const { initBytes, onDemandBytes } = compose(metafile, 'out/index.mjs');

    expect({ initBytes, onDemandBytes }).toEqual({ initBytes: 180, onDemandBytes: 9000 });
  });
});

describe('compositionTable', () => {
  it('names the large packages, sums up the small ones and ends with the total', () => {
    const table = compositionTable(compose(metafile, 'out/index.mjs'));

    expect(table.split('\n').map((line) => line.split(/\s{2,}/))).toEqual([
      ['package', 'init KB', 'later KB'],
      ['axios', '-', '8.0'],
      ['4 smaller packages', '0.2', '1.0'],
      ['total', '0.2', '9.0'],
    ]);
  });
});
