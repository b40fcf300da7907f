/**
 * When EventBridge Scheduler would fire a cron expression in a zone, worked out from its documentation and from nothing of ours: an instant that
 * the clocks skip in spring does not fire, one that they pass twice in autumn fires once, at its first pass.
 */
const DAY_MS = 86_400_000;
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Epoch milliseconds, ascending, in `[from, until)`. `expression` is AWS's: minutes hours day-of-month month day-of-week year. */
export function cronFireTimes(
  expression: string,
  timeZone: string,
  { from, until }: { readonly from: number; readonly until: number },
): number[] {
  const [, fields = ''] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const [minute, hour, dayOfMonth, month, dayOfWeek, year, ...rest] = fields.split(' ');
  if (!minute || !hour || !dayOfWeek || rest.length > 0) throw new Error(`not a cron expression of six fields: ${expression}`);
  if (dayOfMonth !== '?' || month !== '*' || year !== '*') throw new Error(`only weekly expressions are read: ${expression}`);
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = new Set(dayOfWeek === '*' ? WEEKDAYS : dayOfWeek.split(','));
  for (const day of days) if (!WEEKDAYS.includes(day)) throw new Error(`no weekday: ${day}`);
  const found: number[] = [];
  for (let day = Math.floor(from / DAY_MS) - 1; day * DAY_MS < until + DAY_MS; day += 1) {
    if (!days.has(WEEKDAYS[new Date(day * DAY_MS).getUTCDay()]!)) continue;
    for (const h of hours) for (const m of minutes) found.push(...firstInstant(day * DAY_MS + (h * 60 + m) * 60_000, timeZone));
  }
  return found.filter((at) => at >= from && at < until).sort((a, b) => a - b);
}

function valuesOf(field: string, least: number, most: number): number[] {
  return field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range === '*' ? [String(least), String(most)] : range.split('-');
    const start = Number(first);
    const end = last !== undefined ? Number(last) : step === undefined ? start : most;
    if (!(start >= least && end <= most)) throw new Error(`out of range: ${field}`);
    const values: number[] = [];
    for (let value = start; value <= end; value += Number(step ?? 1)) values.push(value);
    return values;
  });
}

/** The first instant whose wall clock in the zone reads `local` (as if it were UTC); none in a gap. */
function firstInstant(local: number, timeZone: string): number[] {
  const offsets = new Set([local - DAY_MS, local + DAY_MS].map((near) => wallClock(near, timeZone) - near));
  const instants = [...offsets].map((offset) => local - offset).filter((instant) => wallClock(instant, timeZone) === local);
  return instants.length === 0 ? [] : [Math.min(...instants)];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return instant;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
}
