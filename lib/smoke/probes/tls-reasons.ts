interface TlsReason {
  /** A clause about the certificate or the server. */
  readonly why: string;
  readonly hint: string;
}

const UNKNOWN_AUTHORITY: TlsReason = {
  why: "the server's certificate is not signed by a trusted authority",
  hint: 'name the authority as `ca` of the check, or send the intermediate certificates along',
};
const CLIENT_CERTIFICATE: TlsReason = {
  why: 'the server does not accept the client certificate, or asks for one',
  hint: 'give `cert` and `key` of an authority that the server trusts',
};
const OLD_OR_FOREIGN: TlsReason = {
  why: 'client and server have no TLS version or cipher in common',
  hint: 'let the server speak TLS 1.2 or 1.3',
};

/** Of certificates that were seen and not trusted: the codes of OpenSSL, and node's own for the name. */
const UNTRUSTED: Readonly<Record<string, TlsReason>> = {
  CERT_HAS_EXPIRED: { why: "the server's certificate has expired", hint: 'renew it, and let the server load it' },
  CERT_NOT_YET_VALID: { why: "the server's certificate is not valid yet", hint: "compare the server's clock with the certificate's begin" },
  CERT_REVOKED: { why: "the server's certificate was revoked", hint: 'renew it' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: "the server's certificate is made out to other names",
    hint: 'use a name of the certificate, or give `serverName`',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    why: "the server's certificate is self-signed",
    hint: 'name it as `ca` of the check, or pin it and set `insecure`',
  },
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  CERT_UNTRUSTED: UNKNOWN_AUTHORITY,
};

const NOT_TLS: TlsReason = { why: 'the server does not speak TLS on this port', hint: 'check scheme and port' };

/** Of handshakes that failed, by what the code of the error has in it. */
const HANDSHAKE: readonly (readonly [pattern: RegExp, reason: TlsReason])[] = [
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, NOT_TLS],
  [/CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED/, CLIENT_CERTIFICATE],
  [/PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_PROTOCOLS|UNSUPPORTED_PROTOCOL/, OLD_OR_FOREIGN],
  [
    /NO_APPLICATION_PROTOCOL/,
    { why: 'the server does not speak HTTP/2 on this port', hint: 'check the port, and that the load balancer passes HTTP/2 on' },
  ],
];

/** Why a certificate is not trusted. @param code of `TLSSocket.authorizationError` */
export function untrustedReason(code: string): TlsReason {
  return UNTRUSTED[code] ?? { why: `the server's certificate is not trusted (${code})`, hint: UNKNOWN_AUTHORITY.hint };
}

/** Why a handshake failed. @param code of the error, and where node gives none of OpenSSL's, its text. */
export function handshakeReason(code: string): TlsReason {
  const known = HANDSHAKE.find(([pattern]) => pattern.test(code))?.[1];
  if (known) return known;
  return { why: `the TLS handshake failed${code ? ` (${code})` : ''}`, hint: 'look at the TLS settings of the server' };
}
