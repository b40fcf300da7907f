import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../build/package-folder.ts';

describe('packageFolder', () => {
  it.each([
    ['node_modules/axios/lib/axios.js', 'axios', 'node_modules/axios'],
    ['node_modules/@smithy/core/dist-es/index.js', '@smithy/core', 'node_modules/@smithy/core'],
    ['node_modules/a/node_modules/@b/c/x.js', '@b/c', 'node_modules/a/node_modules/@b/c'],
    ['../elsewhere/node_modules/zod/index.js', 'zod', '../elsewhere/node_modules/zod'],
  ])('finds the package of %s', (file, name, path) => {
    expect(packageFolder(file)).toEqual({ name, path });
  });

  it('knows that our own files are in no package', () => {
    expect(packageFolder('lib/platform/retry.ts')).toBeUndefined();
  });
});
