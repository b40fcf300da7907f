import type { Json } from '../../manifests/json.ts';
import type { Unit } from './observed.ts';

/** UTF-16 units of a value that people are shown. */
const LONGEST = 200;

/** A value as JSON, cut where it is long. */
export function show(value: Json): string {
  return cut(typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST + 1)) : jsonOf(value));
}

/** With the name of its type before it. */
export function showTyped(value: Json): string {
  return value === null ? 'null' : `${typeOf(value)} ${show(value)}`;
}

export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value;
}

export function showNumber(value: number, unit: Unit): string {
  const rounded = String(Math.round(value * 100) / 100);
  return unit === '' ? String(value) : `${rounded} ${unit}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`;
}

function jsonOf(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return `${typeOf(value)} that is nested too deeply to show`;
  }
}
