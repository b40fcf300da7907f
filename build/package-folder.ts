/** The npm package that a file belongs to, by its path alone. */
export interface PackageFolder {
  readonly name: string;
  /** Path of the package's folder, in the same form (relative or absolute) as the file's. */
  readonly path: string;
}

/** `a/node_modules/@x/y/dist/z.js` is in `@x/y` at `a/node_modules/@x/y`; the innermost `node_modules` counts. Our own files are in none. */
export function packageFolder(file: string): PackageFolder | undefined {
  const match = /^((?:.*\/)?node_modules\/)((?:@[^/]+\/)?[^/]+)\//.exec(file);
  const [, folder, name] = match ?? [];
  return folder === undefined || name === undefined ? undefined : { name, path: folder + name };
}
