import type { TlsSubject } from '../subject.ts';
import type { TlsProbe } from '../suite/probe-kinds.ts';
import type { Attempt } from './attempt.ts';
import { dial, type Network } from './dial.ts';
import { ProbeFailure } from './probe-failure.ts';
import { targetHost } from './target-host.ts';

/** A handshake and no more. Expired and untrusted certificates are subjects: that is what the check is there to tell. */
export async function tlsProbe(probe: TlsProbe, attempt: Attempt, network: Network): Promise<TlsSubject> {
  const host = targetHost(probe.host);
  const tls = { settings: probe.tls, name: probe.tls.serverName ?? host, tolerant: true } as const;
  const dialled = await dial({ host, port: probe.port, tls }, attempt, network);
  try {
    if (!dialled.secure) throw new ProbeFailure('tls', 'there was no handshake', 'look at the TLS settings of the server');
    return { kind: 'tls', certificate: dialled.certificate, protocol: dialled.socket.getProtocol() ?? 'unknown' };
  } finally {
    // The end of the handshake still goes out: a server would log an error without it.
    dialled.socket.destroySoon();
  }
}
