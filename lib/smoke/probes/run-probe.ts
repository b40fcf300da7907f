import type { AwsCredentialProvider } from '../../aws/credentials.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AddressPolicy } from '../addresses/address-policy.ts';
import type { ProbeLimits, ProbeResult } from '../probe.ts';
import type { Subject } from '../subject.ts';
import type { Probe } from '../suite/probe-kinds.ts';
import { Attempt } from './attempt.ts';
import type { Network } from './dial.ts';
import { dnsProbe } from './dns-probe.ts';
import { grpcProbe } from './grpc/grpc-probe.ts';
import { ConnectionPool } from './http/connection-pool.ts';
import { httpProbe } from './http/http-probe.ts';
import { networkFailure } from './network-failure.ts';
import { type Lookup, lookupOfSystem } from './permitted-addresses.ts';
import { hostWithPort } from './target-host.ts';
import { tcpProbe } from './tcp-probe.ts';
import { TlsContexts } from './tls-contexts.ts';
import { tlsProbe } from './tls-probe.ts';

export interface ProberOptions {
  /** Asked about every address before it is connected to, in every kind of probe and at every redirect. */
  readonly addresses: AddressPolicy;
  /** Dates signatures. */
  readonly clock: Clock;
  /** For requests signed with SigV4. */
  readonly credentials?: AwsCredentialProvider;
  /** The system's resolver unless told. */
  readonly lookup?: Lookup;
  /** Whether HTTP connections are kept for the next request to the same server; yes unless told. */
  readonly keepAlive?: boolean;
}

/** Sends probes. One prober per run: it keeps connections and read certificates. */
export interface Prober {
  /** Never rejects and never outlives its limits: what goes wrong is a result, and so are a time limit and the end of the run. */
  run(probe: Probe, limits: ProbeLimits): Promise<ProbeResult>;
  /** Closes the kept connections. */
  close(): void;
}

/**
 * @example
 * const prober = createProber({ addresses: addressPolicy([]), clock: systemClock });
 * const result = await prober.run(probe, { timeoutMs: 10_000, maxBodyBytes: 1_048_576, signal });
 */
export function createProber({ addresses, clock, credentials, lookup = lookupOfSystem, keepAlive = true }: ProberOptions): Prober {
  const network: Network = { addresses, lookup, contexts: new TlsContexts() };
  const pool = new ConnectionPool(network, keepAlive);
  const subjectOf = (probe: Probe, attempt: Attempt): Promise<Subject> => {
    switch (probe.kind) {
      case 'http':
        return httpProbe(probe, attempt, { pool, clock, ...(credentials && { credentials }) });
      case 'tcp':
        return tcpProbe(probe, attempt, network);
      case 'tls':
        return tlsProbe(probe, attempt, network);
      case 'dns':
        return dnsProbe(probe, attempt, network);
      case 'grpc':
        return grpcProbe(probe, attempt, network);
      default:
        return probe satisfies never;
    }
  };
  return {
    run: (probe, limits) => attempted(new Attempt(limits, labelOf(probe)), (attempt) => subjectOf(probe, attempt)),
    close: () => pool.close(),
  };
}

async function attempted(attempt: Attempt, work: (attempt: Attempt) => Promise<Subject>): Promise<ProbeResult> {
  try {
    if (attempt.over) throw attempt.over;
    const subject = await untilOver(work(attempt), attempt);
    return { ok: true, subject, timings: attempt.timings(), ...seenBy(attempt) };
  } catch (error) {
    const { failure, why, hint } = networkFailure(attempt.over ?? error, attempt.phase);
    return { ok: false, failure, message: `${attempt.label} failed: ${why}; ${hint}`, timings: attempt.timings(), ...seenBy(attempt) };
  } finally {
    attempt.end();
  }
}

function seenBy({ remoteAddress }: Attempt): { readonly remoteAddress?: string } {
  return remoteAddress === undefined ? {} : { remoteAddress };
}

/** Most of the work ends with the attempt by itself; a system call for a name does not. */
function untilOver<T>(work: Promise<T>, attempt: Attempt): Promise<T> {
  return new Promise((resolve, reject) => {
    attempt.whenOver(reject);
    work.then(resolve, reject);
  });
}

/** What a message names the probe by; an http probe names each hop's origin by itself. */
function labelOf(probe: Probe): string {
  switch (probe.kind) {
    case 'http':
      return probe.method;
    case 'dns':
      return `dns ${probe.type} ${probe.name}`;
    case 'tcp':
    case 'tls':
    case 'grpc':
      return `${probe.kind} ${hostWithPort(probe.host, probe.port)}`;
    default:
      return probe satisfies never;
  }
}
