/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP-date compared with `now` (epoch ms).
 * Returns milliseconds from now, never negative; `undefined` when the header is absent or is neither.
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  // Date.parse also takes bare numbers and loose text; an HTTP-date starts with the name of a day and ends in GMT.
  if (!/^[A-Z][a-z]{2,8}, .*\bGMT$/.test(value)) return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
