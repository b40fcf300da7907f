import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * An AWS client describes every operation of its service in one module, in literals whose keys are computed from constants of that module
 * (`{ [_hE]: 403 }`). To esbuild a computed key is a possible side effect, so it keeps the descriptions of all operations for the sake of two.
 * With the keys spelled out it drops what nothing refers to.
 */
export const shakableSchemas: Plugin = {
  name: 'shakable-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]@aws-sdk[/\\][\w-]+[/\\]dist-es[/\\]schemas[/\\]schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: spellOutKeys(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Replaces the computed keys of a module's literals that are its own string constants; everything else stays as it is. */
export function spellOutKeys(source: string): string {
  const constants = new Map([...source.matchAll(/^(?:export )?const (\w+) = ("[^"\\\n]*");$/gm)].map(([, name, text]) => [name, text]));
  return source.replace(/(?<=[{,]\s*)\[(\w+)\](?=\s*:)/g, (key, name: string) => constants.get(name) ?? key);
}
