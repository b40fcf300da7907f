import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { DnsSubject } from '../subject.ts';
import type { DnsProbe } from '../suite/probe-kinds.ts';
import type { Attempt } from './attempt.ts';
import type { Network } from './dial.ts';
import { dnsRecords } from './dns-records.ts';
import { codeOf } from './network-failure.ts';
import { addressRefused } from './permitted-addresses.ts';
import { ProbeFailure } from './probe-failure.ts';
import { hostAndPort, hostWithPort } from './target-host.ts';

const DNS_PORT = 53;
/** UDP loses packets: each question is asked several times within the probe's time. */
const TRIES = 3;

/**
 * Asks a name server. A name that does not exist (NXDOMAIN) and one without such records (NOERROR, nothing) are answers; a server that fails, refuses or
 * is silent is a failure. A server that the suite names is judged like every address; those of the system are not, in Lambda they are link-local.
 */
export async function dnsProbe(probe: DnsProbe, attempt: Attempt, { addresses }: Network): Promise<DnsSubject> {
  attempt.phase = 'wait';
  const resolver = new Resolver({ timeout: Math.max(1, Math.ceil(attempt.limits.timeoutMs / TRIES)), tries: TRIES });
  if (probe.server !== undefined) {
    const { host, port = DNS_PORT } = hostAndPort(probe.server);
    if (!isIP(host)) throw new ProbeFailure('refused', 'its name server is given by a name', 'give the address of the name server');
    const refusal = addresses.refusal(host);
    if (refusal !== undefined) throw addressRefused(refusal);
    resolver.setServers([hostWithPort(host, port)]);
    attempt.remoteAddress = host;
  }
  const onAbort = (): void => resolver.cancel();
  attempt.signal.addEventListener('abort', onAbort, { once: true });
  const start = performance.now();
  try {
    return { kind: 'dns', code: 'NOERROR', records: await dnsRecords(resolver, probe) };
  } catch (error) {
    return noRecords(error);
  } finally {
    attempt.took('wait', start);
    attempt.signal.removeEventListener('abort', onAbort);
  }
}

function noRecords(error: unknown): DnsSubject {
  const code = codeOf(error);
  switch (code) {
    case 'ENOTFOUND':
      return { kind: 'dns', code: 'NXDOMAIN', records: [] };
    case 'ENODATA':
      return { kind: 'dns', code: 'NOERROR', records: [] };
    case 'ETIMEOUT':
      throw new ProbeFailure('timeout', 'the name server did not answer', 'check its address, and that UDP and TCP port 53 are open');
    case 'ECONNREFUSED':
      throw new ProbeFailure('connect', 'nothing listens at the name server', 'check its address and port');
    case 'ESERVFAIL':
      throw new ProbeFailure('dns', 'the name server failed (SERVFAIL)', 'look at the servers it asks in turn, and at DNSSEC');
    case 'EREFUSED':
      throw new ProbeFailure(
        'dns',
        'the name server refuses to answer (REFUSED)',
        'ask a server that is responsible for the zone, or allow this network',
      );
    case 'EBADNAME':
      throw new ProbeFailure('refused', 'its name is none that DNS can hold', 'check the name');
    default:
      throw new ProbeFailure('dns', `the name server gave no answer that can be read (${code})`, 'check that a name server listens there');
  }
}
