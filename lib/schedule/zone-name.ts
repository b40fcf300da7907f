import { nearestZone } from './nearest-zone.ts';
import { invalid, type Problem } from './spec-problem.ts';
import type { Parsed } from './time-spec.ts';

/** A zone name that the platform's Intl has accepted; make one with {@link parseZoneName}. */
export type ZoneName = string & { readonly __zone: true };

/**
 * Names that ICU keeps from the old Java runtimes and that IANA does not have. The scheduler tools reject them,
 * and ICU's meaning of them surprises: IST is India, not Israel or Ireland, and BST is Bangladesh.
 */
const NOT_IANA = new Set(
  'act aet agt art ast bet bst cat cnt cst ctt eat ect iet ist jst mit net nst plt pnt prt pst sst vst us/pacific-new'.split(' '),
);

/** Accepted names by their lower case; bounded by what IANA has, unknown names are not kept. */
const known = new Map<string, ZoneName>();

/**
 * Reads an IANA zone name in any case, links such as `GB` or `Etc/GMT+5` included. `Local` is the zone of this process.
 * Offsets (`+02:00`) and abbreviations that IANA does not have (`CEST`, `PST`) are problems.
 */
export function parseZoneName(text: string): Parsed<ZoneName> {
  const key = text.toLowerCase();
  const cached = known.get(key);
  if (cached !== undefined) return { value: cached };
  if (!/^[a-z0-9/_+-]+$/.test(key)) return invalid(text, 'is not a time zone', 'write an IANA name, as in Europe/Berlin or UTC');
  const zone = key === 'local' ? processZone() : acceptedZone(key);
  if (zone === undefined) return unknownZone(text);
  known.set(key, zone);
  return { value: zone };
}

function acceptedZone(key: string): ZoneName | undefined {
  if (/^[+-]/.test(key) || key.startsWith('systemv/') || NOT_IANA.has(key)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: key }).resolvedOptions().timeZone as ZoneName;
  } catch {
    return undefined;
  }
}

function processZone(): ZoneName {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone as ZoneName;
}

function unknownZone(text: string): Problem {
  const nearest = nearestZone(text);
  const hint = nearest === undefined ? 'write an IANA name, as in Europe/Berlin or UTC' : `did you mean ${nearest}?`;
  return invalid(text, 'is not a time zone: IANA has no such name', hint);
}
