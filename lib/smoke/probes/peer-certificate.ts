import type { Certificate, DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { PeerCertificate } from '../subject.ts';
import { ProbeFailure } from './probe-failure.ts';
import { untrustedReason } from './tls-reasons.ts';

/** Chains are three or four long; a server may send nonsense. */
const LONGEST_CHAIN = 20;

/**
 * What checks ask about the certificate that a server showed in a finished handshake, which must not have rejected it.
 * @throws ProbeFailure of class `tls` when it showed none
 */
export function peerCertificate(socket: TLSSocket): PeerCertificate {
  const leaf = socket.getPeerCertificate(true);
  if (!leaf?.raw) throw new ProbeFailure('tls', 'the server showed no certificate', 'look at the TLS settings of the server');
  const trusted = socket.authorized;
  return {
    subject: distinguishedName(leaf.subject),
    issuer: distinguishedName(leaf.issuer),
    names: alternativeNames(leaf.subjectaltname ?? ''),
    validFrom: Date.parse(leaf.valid_from),
    validTo: Date.parse(leaf.valid_to),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    trusted,
    // node has a code here, and an Error in its types.
    ...(!trusted && { untrustedReason: untrustedReason(String(socket.authorizationError)).why }),
    chain: chainFrom(leaf).map(({ subject }) => distinguishedName(subject)),
  };
}

/** `CN=shop.example.com, O=Shop`, in the certificate's order, from what is most particular. */
function distinguishedName(name: Certificate): string {
  const parts = Object.entries(name).flatMap(([attribute, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${attribute}=${String(one)}`),
  );
  return parts.reverse().join(', ');
}

/** `DNS:a.example, IP Address:192.0.2.1`; names with a comma or a quote in them come as JSON strings (CVE-2021-44532). */
function alternativeNames(text: string): readonly string[] {
  return [...text.matchAll(/(?:DNS|IP Address|URI|email):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, name = '']) =>
    name.startsWith('"') ? unquoted(name) : name,
  );
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A self-signed certificate is its own issuer. */
function chainFrom(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let current: DetailedPeerCertificate | undefined = leaf;
  while (current?.raw && chain.length < LONGEST_CHAIN && !chain.includes(current)) {
    chain.push(current);
    current = current.issuerCertificate;
  }
  return chain;
}
