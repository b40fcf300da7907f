import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../../lib/smoke/addresses/address-policy.ts';
import { parseIpAddress } from '../../../../lib/smoke/addresses/ip-address.ts';
import { parseIpRange, rangeHas } from '../../../../lib/smoke/addresses/ip-range.ts';
import { runs } from '../../../support/runs.ts';

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());
/** Strings that are nearly addresses. */
const nearlyAddress = fc.oneof(
  anyAddress,
  fc.stringMatching(/^[0-9a-f:.%x]{0,24}$/),
  fc.tuple(anyAddress, fc.constantFrom('', '.', ':', '::', '0', '%1', ' ')).map(([address, tail]) => address + tail),
);

describe('addresses', () => {
  it('are read exactly where node takes a text for an address', () => {
    fc.assert(
      fc.property(nearlyAddress, (text) => {
        expect(parseIpAddress(text)?.family ?? 0).toBe(isIP(text));
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('lie in a range exactly where node says so', () => {
    const prefixed = fc.oneof(fc.tuple(fc.ipV4(), fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.ipV6(), fc.nat(128)));
    fc.assert(
      fc.property(prefixed, ([base, address, prefix]) => {
        const family = isIP(base) === 4 ? 'ipv4' : 'ipv6';
        const list = new BlockList();
        list.addSubnet(base, prefix, family);

        // node finds IPv4 in ::ffff:0:0/96; here the two families are kept apart, and the policy looks inside.
        fc.pre(!address.toLowerCase().includes('ffff:'));
        expect(rangeHas(parseIpRange(`${base}/${prefix}`)!, parseIpAddress(address)!)).toBe(list.check(address, family));
      }),
      { numRuns: runs(5_000) },
    );
  });
});

describe('the address policy', () => {
  it('judges a mapped address as the address in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '64:ff9b::', '::ffff:0:'), (address, prefix) => {
        const policy = addressPolicy([]);

        expect(policy.refusal(`${prefix}${address}`) === undefined).toBe(policy.refusal(address) === undefined);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('refuses everything of IPv4 that is no unicast address of a network', () => {
    const closed = new BlockList();
    for (const [base, prefix] of [
      ['0.0.0.0', 8],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['224.0.0.0', 3],
    ] as const)
      closed.addSubnet(base, prefix);
    const around = fc.oneof(
      fc.ipV4(),
      fc
        .tuple(fc.constantFrom(0, 126, 127, 128, 169, 223, 224, 239, 255), fc.nat(255), fc.nat(255), fc.nat(255))
        .map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(around, (address) => {
        expect(addressPolicy([]).refusal(address) !== undefined).toBe(closed.check(address));
      }),
      { numRuns: runs(5_000) },
    );
  });

  it('opens what is named, and never closes anything by naming more', () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, (address, other) => {
        expect(addressPolicy([other, address]).refusal(address)).toBeUndefined();
        if (addressPolicy([]).refusal(address) === undefined) expect(addressPolicy([other]).refusal(address)).toBeUndefined();
      }),
      { numRuns: runs(2_000) },
    );
  });
});
