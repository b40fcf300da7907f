import { bitsOf, type IpAddress, parseIpAddress } from './ip-address.ts';

/** All addresses that share their first `prefix` bits with `base`. */
export interface IpRange {
  readonly base: IpAddress;
  readonly prefix: number;
}

/** Reads `10.0.0.0/8`, `fd00::/8`, or one address; `undefined` for all other text. Bits beyond the prefix are ignored. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const base = parseIpAddress(address);
  if (!base || rest.length > 0) return undefined;
  if (prefix === undefined) return { base, prefix: bitsOf(base) };
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bitsOf(base) ? { base, prefix: Number(prefix) } : undefined;
}

/** Whether the range has the address; a range of the other family never does. */
export function rangeHas({ base, prefix }: IpRange, address: IpAddress): boolean {
  if (base.family !== address.family) return false;
  const beyond = BigInt(bitsOf(base) - prefix);
  return base.value >> beyond === address.value >> beyond;
}
