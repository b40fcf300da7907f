const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const BYTES_PER_UNIT: Readonly<Record<string, number>> = { B: 1, KB: 1_000, MB: 1_000_000, KiB: 1_024, MiB: 1_048_576 };

/** `500ms`, `1.5s`, `10s`, `2m`, `1h`: one number and its unit. */
export const DURATION: RegExp = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/;
/** `300B`, `100KiB`, `1MiB`, `2MB`. */
export const SIZE: RegExp = /^(\d{1,9}(?:\.\d{1,3})?)(B|KB|MB|KiB|MiB)$/;

/** Milliseconds, of a text that {@link DURATION} accepts. */
export function durationMs(text: string): number {
  return amountOf(text, DURATION, MS_PER_UNIT);
}

/** Bytes, of a text that {@link SIZE} accepts. */
export function sizeBytes(text: string): number {
  return amountOf(text, SIZE, BYTES_PER_UNIT);
}

function amountOf(text: string, pattern: RegExp, units: Readonly<Record<string, number>>): number {
  const [, amount, unit] = pattern.exec(text) ?? [];
  const per = units[unit ?? ''];
  if (amount === undefined || per === undefined) throw new RangeError(`${text} is no amount with a unit`);
  return Math.round(Number(amount) * per);
}
