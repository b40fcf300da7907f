/** A number counts, a word goes by its letters, and a commit has no place in any order. */
export type VersionWord = bigint | string | Commit;

interface Commit {
  readonly commit: string;
}

/** Where one thing stands to another; undefined where nothing says so. */
export type Order = -1 | 0 | 1 | undefined;

/** The words and numbers of a part of a version, without what stands between them: `rc.10` and `rc10` are the same. */
export function wordsOf(text: string): readonly VersionWord[] {
  const segments = text.split(/[^0-9A-Za-z]+/).filter((segment) => segment !== '');
  return segments.flatMap((segment): VersionWord[] => {
    if (isCommit(segment)) return [{ commit: segment }];
    return (segment.match(/\d+|[A-Za-z]+/g) ?? []).map((word) => (/^\d/.test(word) ? BigInt(word) : word));
  });
}

/** The name of a commit, as git shortens it or `git describe` writes it. Digits alone are a number: most timestamps have as many. */
export function isCommit(word: string): boolean {
  return /^g?[0-9a-f]{7,64}$/.test(word) && /\d/.test(word) && /[a-f]/.test(word);
}

/** As semver compares identifiers: numbers are less than words, and a list that ends earlier is less than one that goes on. */
export function compareWords(a: readonly VersionWord[], b: readonly VersionWord[]): Order {
  for (const [place, left] of a.entries()) {
    const right = b[place];
    const order = right === undefined ? 1 : compareWord(left, right);
    if (order !== 0) return order;
  }
  return a.length < b.length ? -1 : 0;
}

function compareWord(a: VersionWord, b: VersionWord): Order {
  if (typeof a === 'object' || typeof b === 'object')
    return typeof a === 'object' && typeof b === 'object' && a.commit === b.commit ? 0 : undefined;
  if (typeof a !== typeof b) return typeof a === 'bigint' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
