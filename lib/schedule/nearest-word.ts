/** Longer texts are no mistyped names, and the distance costs length times length. */
export const LONGEST_WORD = 40;
/** Edits for each letter written, beyond which a word is another word. */
const FARTHEST = 0.34;

/**
 * The one of `words` that someone who wrote `text` most likely meant, letter case aside; `undefined` when nothing is near.
 * @param distance of two lower-case texts, in edits per letter of the first; {@link relativeDistance} unless said
 */
export function nearestWord(text: string, words: Iterable<string>, distance = relativeDistance): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.length > LONGEST_WORD) return undefined;
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of words) {
    const away = distance(wanted, word.toLowerCase());
    if (away < (best?.distance ?? FARTHEST)) best = { word, distance: away };
  }
  return best?.word;
}

/** Edits per letter of `wanted`; infinite when the lengths alone say that it is too far. */
export function relativeDistance(wanted: string, word: string): number {
  const tooFar = Math.abs(wanted.length - word.length) > wanted.length * FARTHEST;
  return tooFar ? Number.POSITIVE_INFINITY : editDistance(wanted, word) / wanted.length;
}

/** Edits (a letter added, left out, replaced or swapped with its neighbour) between two texts, one row at a time. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Number.POSITIVE_INFINITY) + 1 : substituted;
      next.push(Math.min(substituted, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
