import { connect, isIP, type Socket } from 'node:net';
import { checkServerIdentity, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { AddressPolicy } from '../addresses/address-policy.ts';
import type { PeerCertificate } from '../subject.ts';
import type { TlsSettings } from '../suite/probe-kinds.ts';
import type { Attempt } from './attempt.ts';
import { networkFailure } from './network-failure.ts';
import { peerCertificate } from './peer-certificate.ts';
import { addressRefused, type Lookup, permittedAddresses, type ResolvedAddress } from './permitted-addresses.ts';
import { ProbeFailure } from './probe-failure.ts';
import type { TlsContexts } from './tls-contexts.ts';
import { untrustedReason } from './tls-reasons.ts';

/** What all connections of a prober share. */
export interface Network {
  readonly addresses: AddressPolicy;
  readonly lookup: Lookup;
  readonly contexts: TlsContexts;
}

export interface DialTls {
  readonly settings: TlsSettings;
  /** Looked for in the certificate, and sent as SNI when it is no address. */
  readonly name: string;
  readonly protocols?: readonly string[];
  /** A certificate that is not trusted is a fact and not a failure; its pin is judged all the same. */
  readonly tolerant?: true;
}

export interface DialTarget {
  readonly host: string;
  readonly port: number;
  readonly tls?: DialTls;
}

export type Dialled =
  | { readonly secure: false; readonly socket: Socket }
  | { readonly secure: true; readonly socket: TLSSocket; readonly certificate: PeerCertificate };

/**
 * Resolves, judges the addresses, connects, and shakes hands: the only way by which probes open connections. When the attempt ends, so does the
 * socket, until the promise is resolved; from there on it is the caller's. Proxies of the environment (HTTP_PROXY) are not used: a check tells
 * what it sees from where it runs.
 * @throws ProbeFailure
 */
export async function dial(target: DialTarget, attempt: Attempt, network: Network): Promise<Dialled> {
  try {
    const socket = await connected(target, await resolved(target.host, attempt, network), attempt);
    try {
      judgePeer(socket, attempt, network);
      return target.tls ? await secured(socket, target.tls, { attempt, network }) : { secure: false, socket };
    } catch (error) {
      socket.destroy();
      throw error;
    }
  } catch (error) {
    throw attempt.signal.aborted ? attempt.signal.reason : networkFailure(error, attempt.phase);
  }
}

async function resolved(host: string, attempt: Attempt, network: Network): Promise<readonly ResolvedAddress[]> {
  attempt.phase = 'dns';
  const start = performance.now();
  try {
    return await permittedAddresses(host, network);
  } finally {
    if (!isIP(host)) attempt.took('dns', start);
  }
}

/** Several addresses are tried as RFC 8305 has it ("happy eyeballs"); node takes them from the lookup that it is given here. */
async function connected({ host, port }: DialTarget, addresses: readonly ResolvedAddress[], attempt: Attempt): Promise<Socket> {
  attempt.phase = 'connect';
  attempt.signal.throwIfAborted();
  const start = performance.now();
  const [first] = addresses;
  const socket = connect(
    first && addresses.length === 1
      ? { host: first.address, port }
      : { host, port, autoSelectFamily: true, lookup: (_host, _options, done) => done(null, [...addresses]) },
  );
  try {
    return await opened(socket, 'connect', attempt.signal);
  } finally {
    attempt.took('connect', start);
  }
}

/** The last word on where the connection really goes, whatever resolved the name. */
function judgePeer(socket: Socket, attempt: Attempt, { addresses }: Network): void {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined)
    throw new ProbeFailure('connect', 'the connection was closed at once', 'look whether the server restarts or crashes');
  const refusal = addresses.refusal(remoteAddress);
  if (refusal !== undefined) throw addressRefused(refusal);
  attempt.remoteAddress = remoteAddress;
  socket.setNoDelay(true);
}

interface Around {
  readonly attempt: Attempt;
  readonly network: Network;
}

async function secured(socket: Socket, tls: DialTls, { attempt, network }: Around): Promise<Dialled> {
  attempt.phase = 'tls';
  const start = performance.now();
  try {
    const secure = tlsConnect({
      socket,
      secureContext: network.contexts.contextFor(tls.settings),
      servername: isIP(tls.name) ? '' : tls.name,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(tls.name, certificate),
      // Judged below, before anything is sent: an untrusted certificate is to be told about, not only refused.
      rejectUnauthorized: false,
      ...(tls.protocols && { ALPNProtocols: [...tls.protocols] }),
    });
    await opened(secure, 'secureConnect', attempt.signal);
    const certificate = peerCertificate(secure);
    judgeCertificate(secure, tls, certificate);
    return { secure: true, socket: secure, certificate };
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

/** Resolves at the event; rejects with the socket's error, or the signal's reason, and then the socket is destroyed. */
function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<S> {
  // Errors after this are told to whoever uses the socket then; without any listener they would end the process.
  socket.on('error', () => {});
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose).off(event, onOpen);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(signal.reason);
    const onError = (error: Error): void => fail(error);
    const onClose = (): void => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onOpen = (): void => {
      settle();
      resolve(socket);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError).once('close', onClose).once(event, onOpen);
  });
}
