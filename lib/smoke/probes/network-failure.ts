import type { Phase } from './attempt.ts';
import { ProbeFailure, type ProbeFailureClass } from './probe-failure.ts';
import { handshakeReason } from './tls-reasons.ts';

type Entry = readonly [failure: ProbeFailureClass, why: string, hint: string];

const NO_ROUTE: Entry = ['connect', 'there is no route to it', 'check VPC routes, peering and security groups'];
const LOST_HINT = 'look whether the server, or a proxy before it, restarts or crashes';
const NOT_SENT_HINT = 'look at the variables that the request is made of';

/** Codes of node:dns, node:net and node:http, in words. */
const BY_CODE: Readonly<Record<string, Entry>> = {
  ENOTFOUND: ['dns', 'its name does not resolve', 'check the name; a private zone is known to its own network only'],
  EAI_NONAME: ['dns', 'its name does not resolve', 'check the name'],
  EAI_AGAIN: ['dns', 'the name servers did not answer', 'check the network and its name servers'],
  EAI_FAIL: ['dns', 'the name servers failed', 'check the network and its name servers'],
  ECONNREFUSED: ['connect', 'the connection was refused', 'nothing listens there: check address and port, and that the program runs'],
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  EADDRNOTAVAIL: NO_ROUTE,
  ETIMEDOUT: ['connect', 'the connection attempt was not answered', NO_ROUTE[2]],
  ERR_INVALID_CHAR: ['refused', 'the request has a character that HTTP forbids, and was not sent', NOT_SENT_HINT],
  ERR_INVALID_HTTP_TOKEN: ['refused', 'the request has a method or header name that HTTP forbids, and was not sent', NOT_SENT_HINT],
  ERR_UNESCAPED_CHARACTERS: ['refused', 'the request has a character that HTTP forbids, and was not sent', NOT_SENT_HINT],
  HPE_HEADER_OVERFLOW: ['protocol', 'the headers of the answer exceed 16 KiB', 'look what the server puts into headers; cookies grow'],
};

/** The same failure as a value of ours; the foreign error's own text goes nowhere, for it may quote the request. */
export function networkFailure(error: unknown, phase: Phase): ProbeFailure {
  if (error instanceof ProbeFailure) return error;
  const code = codeOf(error);
  const known = BY_CODE[code];
  if (known) return new ProbeFailure(...known);
  if (code.startsWith('HPE_'))
    return new ProbeFailure('protocol', `the answer is not HTTP (${code})`, 'check that the port speaks HTTP/1.1, and not TLS or HTTP/2');
  if (phase === 'dns') return new ProbeFailure('dns', `its name was not resolved (${code})`, 'check the network and its name servers');
  if (phase === 'tls' || /^(EPROTO$|ERR_(SSL|TLS|OSSL|CRYPTO)_)/.test(code)) return tlsFailure(error, code);
  return lost(code, phase);
}

function tlsFailure(error: unknown, code: string): ProbeFailure {
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new ProbeFailure(
      'tls',
      'the connection was closed in the TLS handshake',
      'look whether the port speaks TLS, and knows the name asked for',
    );
  // With EPROTO the reason of OpenSSL is in the text only, and with spaces.
  const reason = code === 'EPROTO' && error instanceof Error ? error.message.toUpperCase().replaceAll(' ', '_') : code;
  const { why, hint } = handshakeReason(
    reason === code ? code : (/(WRONG_VERSION_NUMBER|ALERT_[A-Z_]+|PACKET_LENGTH_TOO_LONG)/.exec(reason)?.[0] ?? code),
  );
  return new ProbeFailure('tls', why, hint);
}

function lost(code: string, phase: Phase): ProbeFailure {
  if (phase === 'connect') return new ProbeFailure('connect', `it cannot be connected to (${code})`, NO_ROUTE[2]);
  const when = phase === 'wait' ? 'without an answer' : 'before the answer was complete';
  return new ProbeFailure('connect', `the connection was closed ${when}${code === 'ECONNRESET' ? '' : ` (${code})`}`, LOST_HINT);
}

/** The code of node's errors, or the name of others. node hides the codes of several attempts in an AggregateError. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
