/** py-kube-downscaler's formats, all UTC, and RFC 3339 of GoKubeDownscaler. Seconds may be missing, a zone may be missing. */
const format = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/i;

/**
 * Reads the instant of `downscaler/exclude-until`; a value without a zone is UTC.
 * @returns epoch ms; undefined when it cannot be read, impossible dates included
 */
export function parseExcludeUntil(text: string): number | undefined {
  const match = format.exec(text);
  if (!match) return undefined;
  const [, date = '', minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = match;
  const ms = Date.parse(`${date}T${minutes}:${seconds}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  return Number.isNaN(ms) || !isCalendarDate(date) ? undefined : ms;
}

/** Date.parse takes 31 February for 3 March; people who wrote it meant neither. */
function isCalendarDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
