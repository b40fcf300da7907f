/** A version by semver's rules; a `v` in front, and a missing patch or minor, are taken with a smile. */
interface Version {
  /** Major, minor and patch. */
  readonly numbers: readonly bigint[];
  /** Identifiers of the pre-release; none for a release. */
  readonly pre: readonly string[];
}

const SEMVER = /^v?(?<core>\d+(?:\.\d+){0,2})(?:-(?<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** Would `to` be a step down from `from`? False where one of them is no version: a digest, a branch, the hash of a commit. */
export function isDowngrade(from: string, to: string): boolean {
  const [before, after] = [parse(from), parse(to)];
  return before !== undefined && after !== undefined && compare(after, before) < 0;
}

function parse(text: string): Version | undefined {
  const { core, pre } = SEMVER.exec(text)?.groups ?? {};
  // A long bare number may as well be the beginning of a hash, unless it begins like a date.
  if (core === undefined || (/^\d{7,}$/.test(core) && !/^(?:19|20)\d{6}/.test(core))) return undefined;
  return { numbers: core.split('.').map(BigInt), pre: pre?.split('.') ?? [] };
}

function compare(a: Version, b: Version): number {
  for (let place = 0; place < 3; place++) {
    const difference = sign(a.numbers[place] ?? 0n, b.numbers[place] ?? 0n);
    if (difference !== 0) return difference;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return sign(a.pre.length === 0 ? 1 : 0, b.pre.length === 0 ? 1 : 0);
  return comparePre(a.pre, b.pre);
}

/** Numbers are less than words, and a list that ends earlier is less than one that goes on. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const [left, right] = [a[place], b[place]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const numeric = [left, right].map((word) => /^\d+$/.test(word));
    const difference =
      numeric[0] && numeric[1] ? sign(BigInt(left), BigInt(right)) : numeric[0] !== numeric[1] ? (numeric[0] ? -1 : 1) : sign(left, right);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sign<T extends bigint | number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
