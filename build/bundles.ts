import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { type Composition, compose } from './composition.ts';
import { thirdPartyNotices } from './notices.ts';
import { oneStartFile } from './one-start-file.ts';
import { type Output, outputOf } from './output.ts';
import { portableMap } from './portable-map.ts';
import { requiredBuiltins } from './required-builtins.ts';
import { shakableSchemas } from './shakable-schemas.ts';

const root = resolve(import.meta.dirname, '..');

/** A finished bundle: everything a Lambda zip or the npm package needs, in one folder. */
export interface BuiltBundle {
  readonly name: string;
  /** Absolute. Holds the entry, `chunks/`, source maps beside them (`*.map`) and the notices of what is inside. */
  readonly folder: string;
  /** Absolute path of the file to run or import. */
  readonly entry: string;
  readonly composition: Composition;
}

export interface BundleOptions {
  readonly name: string;
  /** Absolute path of the TypeScript entry. */
  readonly entry: string;
  readonly folder: string;
  /** File name of the built entry; Lambda wants `.mjs` because the zip has no package.json. */
  readonly file: string;
  /** See {@link oneStartFile}: not for a program that awaits at its top level. */
  readonly startsAsOneFile?: boolean;
}

/** Names of the functions: the folders of `functions/` that have a handler, in lexical order. */
export async function functionNames(): Promise<readonly string[]> {
  const files = await readdir(join(root, 'functions'), { recursive: true });
  return files
    .filter((file) => /^[^/\\]+[/\\]handler\.ts$/.test(file))
    .map((file) => file.split(/[/\\]/)[0] ?? file)
    .sort();
}

/**
 * Builds `functions/<name>/handler.ts`; its Lambda handler string is `index.handler`.
 * The same sources give the same bytes, whatever the folder: the deployment takes a hash of them to tell whether there is anything to update.
 */
export function buildFunction(name: string, folder = join(root, 'dist', 'functions', name)): Promise<BuiltBundle> {
  const entry = join(root, 'functions', name, 'handler.ts');
  return buildBundle({ name, entry, folder, file: 'index.mjs', startsAsOneFile: true });
}

/** Builds the CLI with all that its commands load, sandbox and functions included. */
export async function buildCli(folder = join(root, 'dist', 'cli')): Promise<BuiltBundle> {
  const entry = join(root, 'bin', 'nightshift.ts');
  const bundle = await buildBundle({ name: 'nightshift', entry, folder, file: 'nightshift.js' });
  await chmod(bundle.entry, 0o755);
  return bundle;
}

/** One build for everything. The folder is emptied first, so that no chunk of an earlier build is ever shipped. */
export async function buildBundle(options: BundleOptions): Promise<BuiltBundle> {
  const { name, folder, file } = options;
  const split = outputOf(await build(esbuildOptions(options)), root);
  const entry = join(canonicalFolder, file);
  const output = options.startsAsOneFile ? await oneStartFile(split, { entry, root }) : split;
  await rm(folder, { recursive: true, force: true });
  await writeFiles(output, folder);
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await thirdPartyNotices(inputPaths(output.metafile), root));
  return { name, folder, entry: join(folder, file), composition: compose(output.metafile, entry) };
}

/** esbuild is told this folder (relative to the root) whatever the real one is, because it writes the way from it to the sources into maps and hashes. */
const canonicalFolder = join('dist', 'bundle');

async function writeFiles({ files }: Output, folder: string): Promise<void> {
  for (const [path, text] of files) {
    const target = join(folder, relative(canonicalFolder, path));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, path.endsWith('.map') ? portableMap(text, dirname(path)) : text);
  }
}

function esbuildOptions({ entry, file }: BundleOptions): BuildOptions & { metafile: true; write: false } {
  const dot = file.lastIndexOf('.');
  return {
    absWorkingDir: root,
    entryPoints: [{ in: entry, out: file.slice(0, dot) }],
    outdir: join(root, canonicalFolder),
    outExtension: { '.js': file.slice(dot) },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    // The oldest Node of package.json's engines: the sandbox runs the very bundle of the functions on the user's own Node.
    target: 'node20',
    // A dynamic import becomes a file of its own: what a run does not use is neither read nor parsed.
    splitting: true,
    mainFields: ['module', 'main'],
    minify: true,
    // Error class names reach logs and the Runtime API's errorType.
    keepNames: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    // undici is 715 KB, needs Node 22.19 and is never called: the transport is our own.
    alias: { undici: join(root, 'lib', 'kubernetes', 'undici-stub.ts') },
    plugins: [sideEffectFreeKubernetes, shakableSchemas, requiredBuiltins],
    logLevel: 'silent',
  };
}

/**
 * client-node does not declare that its modules are free of side effects, so importing its KubeConfig would keep the code of
 * every API and model. They only declare classes and tables; told so, esbuild drops the ones that nothing refers to.
 */
const sideEffectFreeKubernetes: Plugin = {
  name: 'side-effect-free-client-node',
  setup({ onResolve }) {
    // Its imports of its own files are relative and carry the extension, so that no resolver has to be asked (which costs 5 s).
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir }) =>
      /[/\\]node_modules[/\\]@kubernetes[/\\]client-node[/\\]/.test(resolveDir)
        ? { path: join(resolveDir, path), sideEffects: false }
        : undefined,
    );
  },
};

function inputPaths(metafile: Metafile): readonly string[] {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  return [...new Set(used.map(([path]) => path))];
}
