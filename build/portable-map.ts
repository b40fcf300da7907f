import { join, normalize } from 'node:path/posix';

/** What we ask of a source map (https://tc39.es/ecma426/). */
interface SourceMapDocument {
  readonly sources: readonly string[];
}

/**
 * A source map that names its sources from the project's root (`lib/platform/job.ts`), wherever the bundle lies, and holds no source text.
 * @param folder of the file that the map belongs to, relative to the project's root; esbuild names sources relative to it.
 */
export function portableMap(json: string, folder: string): string {
  const { sourcesContent: _, ...map } = JSON.parse(json) as SourceMapDocument & { readonly sourcesContent?: unknown };
  // A module that a plugin made (`builtin:node:tls`) is no file.
  const sources = map.sources.map((source) => (source.startsWith('.') ? normalize(join(folder, source)) : source));
  return JSON.stringify({ ...map, sources });
}
