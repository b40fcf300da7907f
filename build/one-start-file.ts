import { dirname, join, relative, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type Output, outputOf, staticClosure } from './output.ts';

type Outputs = Metafile['outputs'];

/**
 * Puts the entry and all chunks that it imports statically into one file. esbuild gives every group of modules that several entries share a
 * file of its own, and a start would open twenty of them, at a third of a millisecond each. Chunks that are loaded later import such a file
 * still; it passes on what the start file exports for it.
 * Not for an entry that awaits at its top level: a chunk that it waits for would wait for the entry in turn.
 * @param entry path of the entry, as the metafile names it; its folder is the one of the bundle.
 * @param root absolute path of the folder that the metafile's paths are relative to.
 */
export async function oneStartFile(output: Output, { entry, root }: { readonly entry: string; readonly root: string }): Promise<Output> {
  const merged = [...staticClosure(output.metafile, entry)];
  const start = await bundled(output, { entry, root, merged });
  const passedOn = merged.filter((path) => path !== entry && isUsedBesides(output.metafile, path, merged));
  const files = new Map([...output.files].filter(([path]) => !merged.includes(path.replace(/\.map$/, ''))));
  for (const [path, text] of start) files.set(path, text);
  for (const path of passedOn) files.set(path, passOn(path, entry, exportsOf(output, path, merged)));
  return { files, metafile: { ...output.metafile, outputs: outputsAfter(output.metafile.outputs, { entry, merged, passedOn, files }) } };
}

/** One file of the entry's exports and, under other names, those of all merged chunks; and its map. */
async function bundled(
  output: Output,
  { entry, root, merged }: { readonly entry: string; readonly root: string; readonly merged: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const folder = resolve(root, dirname(entry));
  const contents = merged.map((path) => {
    const names = exportsOf(output, path, merged).map(([own, given]) => `${own} as ${given}`);
    return `export { ${names.join(', ')} } from ${JSON.stringify(resolve(root, path))};`;
  });
  const result = await build({
    absWorkingDir: root,
    stdin: { contents: contents.join('\n'), resolveDir: folder, sourcefile: 'start' },
    outfile: join(root, entry),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Names are kept by the code that the first build made.
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    plugins: [fromMemory(output, { root, folder, merged })],
    logLevel: 'silent',
  });
  return outputOf(result, root).files;
}

/** Gives esbuild what the first build made, with the maps that lead on to the sources; all that is not merged stays outside. */
function fromMemory(
  { files }: Output,
  { root, folder, merged }: { readonly root: string; readonly folder: string; readonly merged: readonly string[] },
): Plugin {
  return {
    name: 'from-memory',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[./]/ }, ({ path, resolveDir, kind }) => {
        const found = resolve(resolveDir, path);
        const isMerged = kind !== 'dynamic-import' && merged.includes(relative(root, found));
        return isMerged ? { path: found } : { path: `./${relative(folder, found)}`, external: true };
      });
      onLoad({ filter: /./, namespace: 'file' }, ({ path }) => {
        const own = relative(root, path);
        const map = Buffer.from(files.get(`${own}.map`) ?? '').toString('base64');
        return { contents: `${files.get(own)}\n//# sourceMappingURL=data:application/json;base64,${map}`, loader: 'js' };
      });
    },
  };
}

/** Names that a merged file exports, each with the one that the start file gives it: the entry's own stay as they are. */
function exportsOf({ metafile }: Output, path: string, merged: readonly string[]): readonly (readonly [own: string, given: string])[] {
  const index = merged.indexOf(path);
  return (metafile.outputs[path]?.exports ?? []).map((name) => [name, index === 0 ? name : `$${index}${name}`]);
}

/** Whether a chunk that is loaded later needs the file, or a dynamic import asks for it. */
function isUsedBesides({ outputs }: Metafile, file: string, merged: readonly string[]): boolean {
  return Object.entries(outputs).some(([path, { imports }]) =>
    imports.some((imported) => imported.path === file && (imported.kind === 'dynamic-import' || !merged.includes(path))),
  );
}

function passOn(path: string, entry: string, names: readonly (readonly [own: string, given: string])[]): string {
  const start = JSON.stringify(relative(dirname(path), entry));
  return `export{${names.map(([own, given]) => `${given} as ${own}`).join(',')}}from${start};\n`;
}

/** The metafile of the merged files: the start file has the inputs of all, a file that passes on imports it and has none. */
function outputsAfter(
  outputs: Outputs,
  {
    entry,
    merged,
    passedOn,
    files,
  }: {
    readonly entry: string;
    readonly merged: readonly string[];
    readonly passedOn: readonly string[];
    readonly files: ReadonlyMap<string, string>;
  },
): Outputs {
  const bytes = (path: string): number => Buffer.byteLength(files.get(path) ?? '');
  const parts = merged.flatMap((path) => outputs[path] ?? []);
  const start = {
    ...outputs[entry],
    bytes: bytes(entry),
    inputs: Object.assign({}, ...parts.map(({ inputs }) => inputs)) as Outputs[string]['inputs'],
    imports: parts.flatMap(({ imports }) => imports.filter(({ kind, external }) => external || kind === 'dynamic-import')),
    exports: parts.flatMap((part) => part.exports),
  };
  const rest = Object.entries(outputs).filter(([path]) => files.has(path) && !merged.includes(path.replace(/\.map$/, '')));
  const passing = passedOn.map((path): [string, Outputs[string]] => [
    path,
    { bytes: bytes(path), inputs: {}, imports: [{ path: entry, kind: 'import-statement' }], exports: outputs[path]?.exports ?? [] },
  ]);
  return Object.fromEntries([[entry, start], ...passing, ...rest]);
}
