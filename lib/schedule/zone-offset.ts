import type { ZoneName } from './zone-name.ts';

/** A stretch of time at the end of which the zone's offset may change. */
export interface OffsetStretch {
  /** Milliseconds to add to UTC for the local wall clock. */
  readonly offsetMs: number;
  /** First instant that this stretch does not vouch for, epoch milliseconds. */
  readonly until: number;
}

/** Offsets within one block of time; `change` is the instant at which `before` gives way to `after`. */
interface Block {
  readonly before: number;
  readonly after: number;
  readonly change: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly blocks: Map<number, Block>;
}

/**
 * No zone in tzdata has ever changed its offset twice within 3.9 days (Freetown in 1939; 6.9 days since 1970), so a block of three days
 * holds one change at most, and its two ends tell whether it holds one.
 */
const BLOCK_MS = 3 * 86_400_000;
/** About thirty years in one zone: enough for any schedule, and a bound on what a long-lived process keeps. */
const MOST_BLOCKS = 4096;
const LATEST_DATE = 8_640_000_000_000_000;

const zones = new Map<ZoneName, Zone>();

/** The offset of `zone` at `at` (epoch milliseconds), and until when it is known to hold. A map lookup once a block has been asked for. */
export function zoneOffset(zone: ZoneName, at: number): OffsetStretch {
  const { format, blocks } = zoneOf(zone);
  const index = Math.floor(at / BLOCK_MS);
  let block = blocks.get(index);
  if (block === undefined) {
    if (blocks.size >= MOST_BLOCKS) blocks.clear();
    block = readBlock(format, index * BLOCK_MS);
    blocks.set(index, block);
  }
  if (at < block.change) return { offsetMs: block.before, until: block.change };
  return { offsetMs: block.after, until: (index + 1) * BLOCK_MS };
}

function zoneOf(name: ZoneName): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = { format: new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }), blocks: new Map() };
    zones.set(name, zone);
  }
  return zone;
}

function readBlock(format: Intl.DateTimeFormat, start: number): Block {
  const before = readOffset(format, start);
  const after = readOffset(format, start + BLOCK_MS);
  let unchanged = start;
  let change = start + BLOCK_MS;
  if (before === after) return { before, after, change };
  // Changes fall on whole seconds.
  while (change - unchanged > 1000) {
    const middle = unchanged + Math.floor((change - unchanged) / 2000) * 1000;
    if (readOffset(format, middle) === before) unchanged = middle;
    else change = middle;
  }
  return { before, after, change };
}

/** Intl writes the offset as `GMT`, `GMT+05:45` or, for local mean times, `GMT-00:44:30`. */
function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const text = format.format(Math.max(-LATEST_DATE, Math.min(LATEST_DATE, at)));
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(text) ?? [];
  return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
