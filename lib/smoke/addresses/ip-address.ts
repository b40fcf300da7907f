/** An address as a number; the family says how many bits it has. An IPv6 zone (`%eth0`) is no part of it. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const DECIMAL_BYTE = /^(?:0|[1-9]\d{0,2})$/;
const HEXADECIMAL_GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an IPv4 address (four decimal numbers, nothing else: no octal, no hexadecimal, no fewer parts) or an IPv6 address (RFC 4291, 2.2).
 * `undefined` for all other text. An IPv4-mapped address (`::ffff:192.0.2.1`) stays IPv6: {@link embeddedAddress} looks inside.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? parseVersion6(text) : parseVersion4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value };
}

function parseVersion4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => DECIMAL_BYTE.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseVersion6(text: string): bigint | undefined {
  const [address = '', zone, ...rest] = text.split('%');
  if (zone === '' || rest.length > 0) return undefined;
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head) return undefined;
  if (halves.length === 1) return head.length === 8 ? join(head) : undefined;
  // Only the last group of all may be written as an IPv4 address.
  if (!tail || halves[0]?.includes('.') || head.length + tail.length > 7) return undefined;
  return join([...head, ...Array<bigint>(8 - head.length - tail.length).fill(0n), ...tail]);
}

function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const version4 = index === parts.length - 1 && part.includes('.') ? parseVersion4(part) : undefined;
    if (version4 !== undefined) groups.push(version4 >> 16n, version4 & 0xffffn);
    else if (HEXADECIMAL_GROUP.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function join(groups: readonly bigint[]): bigint {
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** How many bits an address of the family has. */
export function bitsOf({ family }: IpAddress): number {
  return family === 4 ? 32 : 128;
}
