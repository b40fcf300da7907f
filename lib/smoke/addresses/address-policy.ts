import { BadInputError } from '../../platform/errors.ts';
import { embeddedAddress } from './embedded-address.ts';
import { bitsOf, type IpAddress, parseIpAddress } from './ip-address.ts';
import { type IpRange, parseIpRange, rangeHas } from './ip-range.ts';
import { REFUSED_RANGES } from './refused-ranges.ts';

/** Which addresses a probe may speak to. It judges addresses and not names: ask it about the address that is really connected to. */
export interface AddressPolicy {
  /** Why an IPv4 or IPv6 address may not be spoken to, as a clause (`127.0.0.1 is a loopback address`); `undefined` when it may. */
  refusal(address: string): string | undefined;
}

/**
 * Private addresses may be spoken to; loopback, link-local, metadata, unspecified, multicast, broadcast and reserved ones only where `allow`
 * names them, as an address or a CIDR range. Metadata services open to their very address alone: `0.0.0.0/0` does not name them.
 * An IPv6 address that carries an IPv4 address is judged by both.
 *
 * @throws BadInputError naming every entry of `allow` that is neither an address nor a range.
 */
export function addressPolicy(allow: readonly string[]): AddressPolicy {
  const allowed = readRanges(allow);
  return {
    refusal(text) {
      const address = parseIpAddress(text);
      // Who asks about something else has not resolved it yet; when unsure, refuse.
      if (!address) return `${JSON.stringify(text)} is not an IP address`;
      const inner = embeddedAddress(address);
      const faces = inner ? [address, inner] : [address];
      const what = faces.map((face) => refusedAs(face, faces, allowed)).find((found) => found !== undefined);
      return what === undefined ? undefined : `${text} is ${what}`;
    },
  };
}

/** @param faces all that stand for the same place: naming one of them names it */
function refusedAs(face: IpAddress, faces: readonly IpAddress[], allowed: readonly IpRange[]): string | undefined {
  const refused = REFUSED_RANGES.find(({ range }) => rangeHas(range, face));
  if (!refused) return undefined;
  const named = allowed.some(
    (range) => (!refused.byNameOnly || range.prefix === bitsOf(range.base)) && faces.some((other) => rangeHas(range, other)),
  );
  return named ? undefined : refused.what;
}

function readRanges(allow: readonly string[]): readonly IpRange[] {
  const read = allow.map((text) => ({ text, range: parseIpRange(text) }));
  const bad = read.filter(({ range }) => range === undefined).map(({ text }) => JSON.stringify(text));
  if (bad.length > 0) {
    throw new BadInputError(
      `cannot read the allowed addresses: ${bad.join(', ')} ${bad.length === 1 ? 'is' : 'are'} neither address nor range`,
      {
        hint: 'write an address (127.0.0.1, ::1) or a range (10.0.0.0/8, fd00::/8)',
      },
    );
  }
  return read.flatMap(({ range }) => range ?? []);
}
