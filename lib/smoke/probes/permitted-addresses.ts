import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AddressPolicy } from '../addresses/address-policy.ts';
import { ProbeFailure } from './probe-failure.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name, the preferred one first; rejects with an error of node:dns. */
export type Lookup = (host: string) => Promise<readonly ResolvedAddress[]>;

/** As every program of the machine resolves: hosts file, search domains and name servers included. */
export const lookupOfSystem: Lookup = (host) => systemLookup(host, { all: true, order: 'verbatim' });

/**
 * The addresses of a host that may be connected to. Resolved once and judged here, they are what the socket gets: no name is asked a second
 * time, so an answer that changes (DNS rebinding) cannot slip between check and use. Addresses written out take the same way.
 * @throws ProbeFailure of class `refused` when none is left
 */
export async function permittedAddresses(
  host: string,
  { addresses, lookup }: { readonly addresses: AddressPolicy; readonly lookup: Lookup },
): Promise<readonly ResolvedAddress[]> {
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host);
  if (found.length === 0) throw new ProbeFailure('dns', 'its name has no address', 'check the name');
  const refusals = found.map(({ address }) => addresses.refusal(address));
  const permitted = found.filter((_, index) => refusals[index] === undefined);
  if (permitted.length > 0) return permitted;
  throw addressRefused(refusals[0] ?? 'its address');
}

/** @param refusal as the policy words it: `127.0.0.1 is a loopback address` */
export function addressRefused(refusal: string): ProbeFailure {
  return new ProbeFailure(
    'refused',
    `${refusal}, which checks may not speak to`,
    'name the address in `allow` if the check is meant to, and the configuration permits it',
  );
}
