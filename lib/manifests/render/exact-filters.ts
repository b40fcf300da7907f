/** An integer with more digits than JavaScript counts exactly can be written, and not be counted with. */
export const TOO_LARGE = 'counts with a number that is too large to be counted exactly';

/** In place of Liquid's own filters that would round such a number. The others that calculate refuse it themselves. */
export const exactFilters = { sum, to_integer: toInteger };

/** What is no number counts as 0, as in Liquid's own. @param property of the items that are added */
function sum(list: unknown, property?: unknown): number {
  const items = Array.isArray(list) ? list : [list];
  return items.map((item: unknown) => (property === undefined ? item : fieldAt(item, String(property).split('.')))).reduce(added, 0);
}

function added(total: number, item: unknown): number {
  if (typeof item === 'bigint') throw new TypeError(TOO_LARGE);
  const number = Number(item);
  return Number.isNaN(number) ? total : total + number;
}

function fieldAt(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return fieldAt((value as Readonly<Record<string, unknown>>)[name], rest);
}

function toInteger(value: unknown): number | bigint {
  return typeof value === 'bigint' ? value : Number(value);
}
