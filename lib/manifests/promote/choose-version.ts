/** A version of something, where it is wanted. `V` is compared by its text. */
export interface Candidate<V> {
  readonly file: string;
  readonly doc: number;
  /** JSON pointer. */
  readonly path: string;
  readonly version: V;
}

export type Choice<V> =
  | { readonly found: 'one'; readonly version: V }
  | { readonly found: 'none' }
  | { readonly found: 'several'; readonly versions: readonly V[] };

/**
 * The version that a place gets: that of the same place, else of the same file, else of the environment, where it is the only one.
 * @param textOf tells versions apart
 */
export function chooseVersion<V>(
  candidates: readonly Candidate<V>[],
  place: Omit<Candidate<V>, 'version'>,
  textOf: (version: V) => string,
): Choice<V> {
  const sameFile = candidates.filter(({ file }) => file === place.file);
  const samePlace = sameFile.filter(({ doc, path }) => doc === place.doc && path === place.path);
  const nearest = [samePlace, sameFile, candidates].find((some) => some.length > 0) ?? [];
  const versions = [...new Map(nearest.map(({ version }) => [textOf(version), version])).values()];
  const [only, another] = versions;
  if (only === undefined) return { found: 'none' };
  return another === undefined ? { found: 'one', version: only } : { found: 'several', versions };
}
