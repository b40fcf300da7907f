const SUFFIX_LENGTH = 6;

/**
 * An id that sorts by start time and reads as one: `20260330T230000Z-ab12cd`.
 * @param now epoch milliseconds
 * @param random in [0, 1); tells runs of the same second apart
 */
export function newRunId(now: number, random: () => number = Math.random): string {
  const second = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const suffix = Math.floor(random() * 36 ** SUFFIX_LENGTH).toString(36);
  return `${second}-${suffix.padStart(SUFFIX_LENGTH, '0')}`;
}
