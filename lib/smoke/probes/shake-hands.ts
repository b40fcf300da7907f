import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { PeerCertificate } from '../subject.ts';
import type { TlsSettings } from '../suite/probe-kinds.ts';
import type { Attempt } from './attempt.ts';
import { peerCertificate } from './peer-certificate.ts';
import { ProbeFailure } from './probe-failure.ts';
import type { TlsContexts } from './tls-contexts.ts';
import { untrustedReason } from './tls-reasons.ts';
import { untilOpen } from './until-open.ts';

export interface DialTls {
  readonly settings: TlsSettings;
  /** Looked for in the certificate, and sent as SNI when it is no address. */
  readonly name: string;
  readonly protocols?: readonly string[];
  /** A certificate that is not trusted is a fact and not a failure; its pin is judged all the same. */
  readonly tolerant?: true;
}

export interface Secured {
  readonly socket: TLSSocket;
  readonly certificate: PeerCertificate;
}

interface Around {
  readonly attempt: Attempt;
  readonly contexts: TlsContexts;
}

/**
 * TLS over an open connection, and a look at the certificate before anything else is sent. The caller closes the connection on failure.
 * @throws ProbeFailure, or an error of node:tls
 */
export async function shakeHands(socket: Socket, tls: DialTls, { attempt, contexts }: Around): Promise<Secured> {
  attempt.phase = 'tls';
  const start = performance.now();
  try {
    const secure = tlsConnect({
      socket,
      secureContext: contexts.contextFor(tls.settings),
      servername: isIP(tls.name) ? '' : tls.name,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(tls.name, certificate),
      // Judged below, before anything is sent: an untrusted certificate is to be told about, not only refused.
      rejectUnauthorized: false,
      ...(tls.protocols && { ALPNProtocols: [...tls.protocols] }),
    });
    await untilOpen(secure, 'secureConnect', attempt.signal);
    const certificate = peerCertificate(secure);
    judgeCertificate(secure, tls, certificate);
    return { socket: secure, certificate };
  } finally {
    attempt.took('tls', start);
  }
}

function judgeCertificate(socket: TLSSocket, { settings, tolerant }: DialTls, { trusted, fingerprint }: PeerCertificate): void {
  if (settings.pin !== undefined && settings.pin !== fingerprint) {
    throw new ProbeFailure(
      'tls',
      'the server showed another certificate than the pinned one',
      `its SHA-256 is ${fingerprint}: pin that if it is meant to be`,
    );
  }
  if (trusted || tolerant || settings.insecure) return;
  const { why, hint } = untrustedReason(String(socket.authorizationError));
  throw new ProbeFailure('tls', why, hint);
}
