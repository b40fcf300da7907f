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

/** Longer texts are no mistyped zone name, and the distance costs length times length. */
const LONGEST_NAME = 40;
/** Edits for each letter written, beyond which a name is another name. */
const FARTHEST = 0.34;
/** A cluster with one mistyped default asks the same question for every object. */
const MOST_REMEMBERED = 256;

const remembered = new Map<string, string | undefined>();

/**
 * The IANA name that someone who wrote `text` most likely meant: a known abbreviation, or the name that is fewest edits away, compared as a
 * whole and by its city alone. `undefined` when nothing is near.
 */
export function nearestZone(text: string): string | undefined {
  const wanted = text.toLowerCase();
  if (wanted.length > LONGEST_NAME) return undefined;
  if (Object.hasOwn(ABBREVIATIONS, wanted)) return ABBREVIATIONS[wanted];
  if (remembered.has(wanted)) return remembered.get(wanted);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const nearest = search(wanted);
  remembered.set(wanted, nearest);
  return nearest;
}

function search(wanted: string): string | undefined {
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of ['UTC', ...Intl.supportedValuesOf('timeZone')]) {
    const lower = name.toLowerCase();
    const distance = Math.min(relativeDistance(wanted, lower), relativeDistance(cityOf(wanted), cityOf(lower)));
    if (distance < (best?.distance ?? FARTHEST)) best = { name, distance };
  }
  return best?.name;
}

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Edits per letter of `wanted`; infinite when the lengths alone say that it is too far. */
function relativeDistance(wanted: string, name: string): number {
  const tooFar = Math.abs(wanted.length - name.length) > wanted.length * FARTHEST;
  return tooFar ? Number.POSITIVE_INFINITY : editDistance(wanted, name) / wanted.length;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
