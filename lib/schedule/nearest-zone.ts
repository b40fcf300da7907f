import { LONGEST_WORD, nearestWord, relativeDistance } from './nearest-word.ts';

/** Abbreviations that people write and IANA does not have as zones, with the zone most of them mean. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  cest: 'Europe/Berlin',
  eest: 'Europe/Athens',
  bst: 'Europe/London',
  edt: 'America/New_York',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mdt: 'America/Denver',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  ist: 'Asia/Kolkata',
  jst: 'Asia/Tokyo',
  sgt: 'Asia/Singapore',
  aest: 'Australia/Sydney',
  nzst: 'Pacific/Auckland',
  z: 'UTC',
};

/** A cluster with one mistyped default asks the same question for every object. */
const MOST_REMEMBERED = 256;

const remembered = new Map<string, string | undefined>();

/**
 * The IANA name that someone who wrote `text` most likely meant: a known abbreviation, or the name that is fewest edits away, compared as a
 * whole and by its city alone. `undefined` when nothing is near.
 */
export function nearestZone(text: string): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.length > LONGEST_WORD) return undefined;
  if (Object.hasOwn(ABBREVIATIONS, wanted)) return ABBREVIATIONS[wanted];
  if (remembered.has(wanted)) return remembered.get(wanted);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const nearest = nearestWord(wanted, ['UTC', ...Intl.supportedValuesOf('timeZone')], zoneDistance);
  remembered.set(wanted, nearest);
  return nearest;
}

function zoneDistance(wanted: string, name: string): number {
  return Math.min(relativeDistance(wanted, name), relativeDistance(cityOf(wanted), cityOf(name)));
}

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
