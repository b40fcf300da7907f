import { isCommit, type VersionWord, wordsOf } from './version-words.ts';

/** A version, taken apart. Those of one shape are compared, others are not. */
export interface Version {
  /** What is written before it, and of which kind it is. */
  readonly shape: string;
  /** As in 1.2.3; those that are missing are 0. */
  readonly numbers: readonly bigint[];
  /** Of a pre-release, which comes before its release. */
  readonly pre: readonly VersionWord[];
  /** Of a later build of the same version. */
  readonly post: readonly VersionWord[];
}

/** Words, each with what separates it from the next, and letters that a number follows at once: `release-`, `web2-`, `RELEASE.`, `build`. */
const PARTS = /^(?<words>(?:(?!v\d)[a-z][0-9a-z]*[-_/]|[a-z]+\.)*)(?<letters>[a-z]*)(?<version>\d[0-9a-z._+/-]*)$/i;
const SEMVER =
  /^(?<core>\d+(?:\.\d+)*)(?:-(?<pre>[0-9A-Za-z.-]+?))??(?:-(?<commits>\d+-g[0-9a-f]{7,64}))?(?:_(?<post>[0-9A-Za-z._-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const DATE =
  /^(?<year>(?:19|20)\d\d)(?<between>[-_]?)(?<month>0[1-9]|1[0-2])\k<between>(?<day>0[1-9]|[12]\d|3[01])(?<time>\d*)(?<rest>[._T-].*)?$/;
/** 500m, 1.5Gi, 30s: an amount. */
const QUANTITY = /^\d+(?:\.\d+)?[A-Za-z]{1,3}$/;
/** As many digits as the name of a commit has, which may be one; a version has a point. */
const LONG_NUMBER = /^\d{7,}(?![\d.])/;

/** Undefined for what is none, such as a branch or a range, and for what may as well be the name of a commit. */
export function versionOf(text: string): Version | undefined {
  const { words = '', letters = '', version } = PARTS.exec(text)?.groups ?? {};
  if (version === undefined || isCommit(letters + (/^[0-9A-Za-z]+/.exec(version)?.[0] ?? ''))) return undefined;
  const found = dated(version) ?? semantic(version) ?? numbered(version);
  return found && { ...found, shape: `${words}${letters.replace(/^v$/i, '')} ${found.shape}` };
}

/** 2024-01-02, 20240102, 20240102153000, each with what follows: the second build of the day, the time. */
function dated(text: string): Version | undefined {
  const { year = '', between = '', month = '', day = '', time = '', rest = '' } = DATE.exec(text)?.groups ?? {};
  if (year === '' || (time !== '' && between !== '')) return undefined;
  const post = wordsOf(rest);
  return { shape: `date${between}${time.length}${later(post)}`, numbers: [BigInt(year + month + day + time)], pre: [], post };
}

/** Semver, with fewer numbers or more; `_2` (a later build) and what `git describe` adds come after the version. */
function semantic(text: string): Version | undefined {
  const { core, pre = '', commits = '', post: build = '' } = SEMVER.exec(text)?.groups ?? {};
  if (core === undefined || LONG_NUMBER.test(core)) return undefined;
  const post = wordsOf(`${commits}_${build}`);
  return { shape: `version${later(post)}`, numbers: core.split('.').map(BigInt), pre: wordsOf(pre), post };
}

/** Whether a word is added to a version, instead of a number, makes another kind: nothing says which of `1.2_x` and `1.2` is later. */
function later([first]: readonly VersionWord[]): string {
  return first === undefined || typeof first === 'bigint' ? '' : '_';
}

/** Anything else, as in 1.2.3rc1 or 8u392-b08: what is the same but for its numbers. */
function numbered(text: string): Version | undefined {
  if (QUANTITY.test(text) || LONG_NUMBER.test(text) || wordsOf(text).some((word) => typeof word === 'object')) return undefined;
  return { shape: text.replaceAll(/\d+/g, '#'), numbers: (text.match(/\d+/g) ?? []).map(BigInt), pre: [], post: [] };
}
