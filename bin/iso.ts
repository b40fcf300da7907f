/** ISO 8601 in UTC, with milliseconds only where there are any. */
export function isoOf(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
