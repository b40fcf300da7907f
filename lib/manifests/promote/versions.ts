import { type Version, versionOf } from './version-shape.ts';
import { compareWords, type Order } from './version-words.ts';

/** Where a promotion leads; `unknown` where the two cannot be compared. */
export type VersionStep = 'up' | 'down' | 'same' | 'unknown';

/**
 * How one version stands to another. Two are compared when the words before them and their kind are the same: semver (with or without `v`, with fewer
 * numbers or more), dates, numbers. A digest, a branch, the name of a commit and `latest` are no versions.
 */
export function versionStep(from: string, to: string): VersionStep {
  if (from === to) return 'same';
  const [before, after] = [versionOf(from), versionOf(to)];
  if (before === undefined || after === undefined || before.shape !== after.shape) return 'unknown';
  const order = compare(before, after);
  if (order === undefined) return 'unknown';
  return order === 0 ? 'same' : order < 0 ? 'up' : 'down';
}

function compare(a: Version, b: Version): Order {
  for (let place = 0; place < Math.max(a.numbers.length, b.numbers.length); place++) {
    const [left, right] = [a.numbers[place] ?? 0n, b.numbers[place] ?? 0n];
    if (left !== right) return left < right ? -1 : 1;
  }
  const order = comparePre(a, b);
  return order === 0 ? compareWords(a.post, b.post) : order;
}

function comparePre({ pre: a }: Version, { pre: b }: Version): Order {
  if (a.length > 0 && b.length > 0) return compareWords(a, b);
  return a.length === b.length ? 0 : a.length === 0 ? 1 : -1;
}
