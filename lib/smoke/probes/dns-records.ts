import type { CaaRecord } from 'node:dns';
import type { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { DnsProbe } from '../suite/probe-kinds.ts';

/** Records in presentation form (RFC 1035, 5.1), names without their final dot. Rejects with an error of node:dns. */
export async function dnsRecords(resolver: Resolver, { name, type }: DnsProbe): Promise<readonly string[]> {
  switch (type) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'PTR':
      return isIP(name) ? resolver.reverse(name) : resolver.resolvePtr(name);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    case 'MX':
      return (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map((record) => `${record.priority} ${record.weight} ${record.port} ${record.name}`);
    case 'SOA': {
      const soa = await resolver.resolveSoa(name);
      return [`${soa.nsname} ${soa.hostmaster} ${soa.serial} ${soa.refresh} ${soa.retry} ${soa.expire} ${soa.minttl}`];
    }
    case 'CAA':
      return (await resolver.resolveCaa(name)).map(authority);
    default:
      return type satisfies never;
  }
}

const CAA_TAGS = ['issue', 'issuewild', 'iodef', 'contactemail', 'contactphone'] as const;

/** `0 issue "letsencrypt.org"` (RFC 8659). */
function authority(record: CaaRecord): string {
  const tag = CAA_TAGS.find((candidate) => record[candidate] !== undefined) ?? 'unknown';
  return `${record.critical} ${tag} ${JSON.stringify(tag === 'unknown' ? '' : record[tag])}`;
}
