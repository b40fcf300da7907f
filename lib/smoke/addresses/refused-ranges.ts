import { type IpRange, parseIpRange } from './ip-range.ts';

export interface RefusedRange {
  readonly range: IpRange;
  /** What the addresses are, in words that follow "is". */
  readonly what: string;
  /** Credentials are served there: opened by naming the very address, never by a range that happens to have it. */
  readonly byNameOnly?: true;
}

/**
 * Where a probe does not go by itself, the narrowest first. Private ranges are not here: targets inside of a VPC are what probes are for.
 * Loopback is: in Lambda it is the runtime's own API, and that of extensions that hold secrets.
 */
export const REFUSED_RANGES: readonly RefusedRange[] = [
  metadata('169.254.169.254', "the instances' metadata service"),
  metadata('fd00:ec2::254', "the instances' metadata service"),
  metadata('169.254.170.2', 'the credential service of ECS'),
  metadata('169.254.170.23', 'the credential service of EKS Pod Identity'),
  metadata('fd00:ec2::23', 'the credential service of EKS Pod Identity'),
  refused('fd00:ec2::/32', 'a service of AWS on the instance itself'),
  refused('127.0.0.0/8', 'a loopback address'),
  refused('::1', 'a loopback address'),
  refused('169.254.0.0/16', 'a link-local address'),
  refused('fe80::/10', 'a link-local address'),
  refused('0.0.0.0/8', 'an unspecified address'),
  refused('::', 'an unspecified address'),
  refused('255.255.255.255', 'the broadcast address'),
  refused('224.0.0.0/4', 'a multicast address'),
  refused('ff00::/8', 'a multicast address'),
  refused('240.0.0.0/4', 'a reserved address'),
  // RFC 8215: where its IPv4 address sits depends on the site, so nobody can tell what is behind.
  refused('64:ff9b:1::/48', "an address of a site's own NAT64"),
];

function metadata(text: string, what: string): RefusedRange {
  return { ...refused(text, what), byNameOnly: true };
}

function refused(text: string, what: string): RefusedRange {
  const range = parseIpRange(text);
  if (!range) throw new Error(`not a range: ${text}`);
  return { range, what };
}
