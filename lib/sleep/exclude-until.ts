/** py-kube-downscaler's formats, all UTC, and RFC 3339 of GoKubeDownscaler; the second of py's four is RFC 3339 too. */
const dateOnly = /^(\d{4}-\d{2}-\d{2})$/;
const toTheMinute = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/;
const rfc3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads the instant of `downscaler/exclude-until`. Only forms that either downscaler reads are read: of any other, a past one included,
 * nobody knows whether its author saw it work.
 * @returns epoch ms; undefined when it cannot be read, impossible dates included
 */
export function parseExcludeUntil(text: string): number | undefined {
  const match = dateOnly.exec(text) ?? toTheMinute.exec(text) ?? rfc3339.exec(text);
  if (!match) return undefined;
  const [, date = '', time = '00:00', fraction = '', zone = 'Z'] = match;
  const seconds = time.length === 5 ? ':00' : '';
  const ms = Date.parse(`${date}T${time}${seconds}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  return Number.isNaN(ms) || !isCalendarDate(date) ? undefined : ms;
}

/** Date.parse takes 31 February for 3 March; people who wrote it meant neither. */
function isCalendarDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
