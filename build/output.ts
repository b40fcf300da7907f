import { resolve } from 'node:path';
import type { BuildResult, Metafile } from 'esbuild';

/** What a build made, before it is written anywhere. */
export interface Output {
  /** Text by path, as the metafile names it: relative to the project's root. Source maps included. */
  readonly files: ReadonlyMap<string, string>;
  readonly metafile: Metafile;
}

/** @param root absolute path of the folder that esbuild worked in. */
export function outputOf({ outputFiles, metafile }: BuildResult<{ write: false; metafile: true }>, root: string): Output {
  const texts = new Map(outputFiles.map(({ path, text }) => [resolve(path), text]));
  const files = new Map(Object.keys(metafile.outputs).map((path) => [path, texts.get(resolve(root, path)) ?? '']));
  return { files, metafile };
}

/** The entry and every chunk that it imports statically, directly or not, in the order in which a queue meets them. */
export function staticClosure({ outputs }: Metafile, entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [entry];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const imports = outputs[path]?.imports ?? [];
    queue.push(...imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map((imported) => imported.path));
  }
  return seen;
}
