const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/**
 * A timestamp as Go's `time.Parse(time.RFC3339, ...)` reads it: case counts, and so does the day of the month.
 * @returns epoch milliseconds, with what is finer behind the point; undefined for anything else
 */
export function rfc3339(text: string): number | undefined {
  const found = TIMESTAMP.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const [fraction = '0', sign = '+', zoneHour = '0', zoneMinute = '0'] = found.slice(7);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59 || Number(zoneHour) > 24 || Number(zoneMinute) > 60) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const seconds = hour * 3600 + (minute - offset) * 60 + second;
  return date.getTime() + seconds * 1000 + Number(`0.${fraction}`) * 1000;
}
