const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** Whether it is written as an instant, if maybe not one that there is. */
export function looksLikeInstant(text: string): boolean {
  return INSTANT.test(text.trim());
}

/**
 * Reads ISO 8601 with a zone, to the minute or finer: the form in which events and command lines say `at`.
 * @returns epoch milliseconds; undefined when it is none, impossible dates included
 */
export function parseIsoInstant(text: string): number | undefined {
  const [, date = '', minutes = '', seconds = ':00', fraction = '', zone = ''] = INSTANT.exec(text.trim()) ?? [];
  const at = Date.parse(`${date}T${minutes}${seconds}${fraction}${zone.toUpperCase()}`);
  // Date.parse takes 2026-02-30 for 2 March.
  return Number.isNaN(at) || !isDay(date) ? undefined : at;
}

function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
