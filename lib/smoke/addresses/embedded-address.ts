import type { IpAddress } from './ip-address.ts';
import { type IpRange, parseIpRange, rangeHas } from './ip-range.ts';

/** Where an IPv6 address of a transition mechanism carries the IPv4 address that is spoken to in the end: so many bits from the right. */
interface Carrier {
  readonly range: IpRange;
  readonly bitsFromRight: bigint;
  /** Teredo stores the complement. */
  readonly inverted?: true;
}

const carriers: readonly Carrier[] = [
  // IPv4-mapped (RFC 4291, 2.5.5.2), IPv4-translated (RFC 2765), NAT64 (RFC 6052) and IPv4-compatible (deprecated).
  carrier('::ffff:0:0/96', 0n),
  carrier('::ffff:0:0:0/96', 0n),
  carrier('64:ff9b::/96', 0n),
  carrier('::/96', 0n),
  // 6to4 (RFC 3056), and Teredo (RFC 4380).
  carrier('2002::/16', 80n),
  { ...carrier('2001::/32', 0n), inverted: true },
];

/** The interface identifiers of ISATAP (RFC 5214): any prefix, then this and an IPv4 address. */
const ISATAP_MARKS: ReadonlySet<bigint> = new Set([0x5efen, 0x2005efen]);

/** `::` and `::1` are addresses of their own. */
const LAST_OF_ITS_OWN = 1n;

/** The IPv4 address inside of an IPv6 address, where there is one; for that is what a gateway or the kernel connects to. */
export function embeddedAddress(address: IpAddress): IpAddress | undefined {
  if (address.family === 4 || address.value <= LAST_OF_ITS_OWN) return undefined;
  const found = carriers.find(({ range }) => rangeHas(range, address));
  if (found) return version4(found.inverted ? ~address.value : address.value >> found.bitsFromRight);
  return ISATAP_MARKS.has((address.value >> 32n) & 0xffffffffn) ? version4(address.value) : undefined;
}

function version4(value: bigint): IpAddress {
  return { family: 4, value: BigInt.asUintN(32, value) };
}

function carrier(text: string, bitsFromRight: bigint): Carrier {
  const range = parseIpRange(text);
  if (!range) throw new Error(`not a range: ${text}`);
  return { range, bitsFromRight };
}
