import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';
import { builtinExports } from './builtin-exports.ts';

const names = 'builtin';
const whole = 'builtin-whole';
const opener = 'nightshift:builtin';

/**
 * Importing one of Node's own modules from an ES module makes Node read all of its exports, lazy ones included: `node:http` then loads undici
 * for its WebSocket (17 ms of a cold start), `node:crypto` the web crypto, `node:util` workers and an argument parser. `require` reads only what
 * is used, and of the exports listed here esbuild keeps only those that somebody imports.
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup({ onResolve, onLoad }) {
    let known: ReturnType<typeof builtinExports> | undefined;
    onResolve({ filter: /^[a-z_0-9:/]+$/ }, ({ path, kind, namespace }) => {
      if (path === opener) return { path, namespace: opener, sideEffects: false };
      if (!isBuiltin(path) || namespace === opener || kind === 'dynamic-import') return undefined;
      const name = path.replace(/^(node:)?/, 'node:');
      return { path: name, namespace: kind === 'require-call' ? whole : names, sideEffects: false };
    });
    // An ES module has no `require`; one is made, for all.
    onLoad({ filter: /./, namespace: opener }, () => ({
      contents: `import { createRequire } from 'node:module'; export const builtin = createRequire(import.meta.url); export const pick = (from, key) => from[key];`,
    }));
    onLoad({ filter: /./, namespace: whole }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(opener)}).builtin(${JSON.stringify(path)})`,
    }));
    onLoad({ filter: /./, namespace: names }, async ({ path }) => {
      known ??= builtinExports();
      const exported = (await known)[path];
      if (!exported) throw new Error(`${path}: this Node can't load it`);
      return { contents: namedExports(path, exported) };
    });
  },
};

/** A module that reads an export when it is imported, and is empty where none is. */
function namedExports(path: string, exported: readonly string[]): string {
  const keys = exported.filter((key) => key !== 'default' && key !== 'module.exports');
  return [
    `import { builtin, pick } from ${JSON.stringify(opener)};`,
    `const all = /* @__PURE__ */ builtin(${JSON.stringify(path)});`,
    'export default all;',
    ...keys.map((key, index) => `const $${index} = /* @__PURE__ */ pick(all, ${JSON.stringify(key)}); export { $${index} as ${key} };`),
  ].join('\n');
}
