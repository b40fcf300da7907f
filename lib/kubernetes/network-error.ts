import { type Call, describeCall } from './call.ts';
import { type UnreachableCause, UnreachableError } from './errors.ts';
import type { ProxyError } from './proxy-error.ts';

interface Explanation {
  readonly failure: UnreachableCause;
  readonly why: string;
  readonly hint: string;
}

const untrusted: Explanation = {
  failure: 'tls-untrusted',
  why: "the server's certificate is not signed by the cluster's CA",
  hint: 'the CA is wrong or was rotated, or something between answers in place of the server: fetch the cluster credentials again and check the address',
};
const lost: Explanation = {
  failure: 'connection-lost',
  why: 'the connection was closed before the answer was complete',
  hint: 'run again; if it persists look at the load balancer or proxy in between',
};
const noRoute: Explanation = {
  failure: 'no-route',
  why: 'there is no route to the server',
  hint: 'check VPN, VPC routes and security groups: private endpoints answer only from their own network',
};
const clientCertificate: Explanation = {
  failure: 'tls-client-certificate',
  why: 'the server refused the client certificate',
  hint: 'the client certificate expired or belongs to another cluster: fetch the cluster credentials again',
};

const notTls: Explanation = {
  failure: 'tls',
  why: 'the server does not speak TLS on this port',
  hint: 'check scheme and port of the address',
};

/** Codes of node:dns, node:net, node:tls and OpenSSL, in words. */
const BY_CODE: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: {
    failure: 'dns',
    why: 'its host name does not resolve',
    hint: 'check the address; a deleted cluster and a private zone look like this',
  },
  EAI_AGAIN: { failure: 'dns', why: 'name resolution failed', hint: 'check the network and its DNS' },
  ECONNREFUSED: {
    failure: 'refused',
    why: 'the connection was refused',
    hint: 'nothing listens there: check address and port, and that the cluster runs',
  },
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ECONNRESET: lost,
  EPIPE: lost,
  ETIMEDOUT: { failure: 'connect-timeout', why: 'the server did not answer the connection attempt', hint: noRoute.hint },
  CERT_HAS_EXPIRED: {
    failure: 'tls-expired',
    why: "the server's certificate has expired",
    hint: "renew the server's certificate, or correct this machine's clock",
  },
  CERT_NOT_YET_VALID: { failure: 'tls-expired', why: "the server's certificate is not valid yet", hint: "correct this machine's clock" },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    failure: 'tls-hostname',
    why: "the server's certificate is made out to another host",
    hint: 'use the address the certificate names, or set tls-server-name in the kubeconfig',
  },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  INVALID_CA: untrusted,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
};

/** Translates what node throws before or during an exchange. Unknown failures keep their own short message. */
export function networkError(call: Call, server: URL, error: unknown): UnreachableError {
  const code = codeOf(error);
  const known = BY_CODE[code] ?? (/^(EPROTO|ERR_(SSL|TLS|OSSL))/.test(code) ? tlsFailure(code, error) : unknownFailure(error));
  return unreachable(call, server, known, error);
}

/** @param phase which of the two limits ended the attempt */
export function timeoutError(call: Call, server: URL, phase: 'connectTimeoutMs' | 'responseTimeoutMs', limitMs: number): UnreachableError {
  const explanation: Explanation =
    phase === 'connectTimeoutMs'
      ? { failure: 'connect-timeout', why: `no connection within ${limitMs} ms`, hint: noRoute.hint }
      : {
          failure: 'timeout',
          why: `no complete answer within ${limitMs} ms`,
          hint: 'the server is overloaded or hangs: look at its health, then run again',
        };
  return unreachable(call, server, explanation);
}

/** The server was not even asked. @param host the proxy's, with its port */
export function proxyFailure(call: Call, host: string, { code, status, message, retryable }: ProxyError): UnreachableError {
  const { why, hint } =
    status === 407
      ? { why: 'it wants credentials (407)', hint: 'put user and password into proxy-url of the kubeconfig, or correct them' }
      : { why: BY_CODE[code]?.why.replace('server', 'proxy') ?? message, hint: proxyHint };
  return new UnreachableError(`cannot ${describeCall(call)}: the proxy ${host} does not let us through: ${why}`, {
    cluster: call.cluster,
    failure: 'proxy',
    retryable,
    hint,
  });
}

const proxyHint = 'check proxy-url in the kubeconfig, and that the proxy runs and allows connections to the API server';

/** An answer came and is of no use: not JSON, too large, a redirect. */
export function badAnswerError(call: Call, server: URL, why: string, hint: string): UnreachableError {
  return unreachable(call, server, { failure: 'bad-answer', why, hint });
}

function unreachable(call: Call, server: URL, { failure, why, hint }: Explanation, cause?: unknown): UnreachableError {
  return new UnreachableError(`cannot ${describeCall(call)} (${server.host}): ${why}`, { cluster: call.cluster, failure, hint, cause });
}

function tlsFailure(code: string, error: unknown): Explanation {
  // Depending on when it is noticed, OpenSSL's reason arrives as a code or only in the text of an EPROTO.
  if (error instanceof Error && error.message.includes('wrong version number')) return notTls;
  return {
    failure: 'tls',
    why: `the TLS handshake failed (${code})`,
    hint: 'check that the address is a Kubernetes API server and that the credentials are of this cluster',
  };
}

function unknownFailure(error: unknown): Explanation {
  const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown network failure';
  return { failure: 'connection-lost', why: message, hint: lost.hint };
}

/** node hides the codes of "happy eyeballs" attempts in an AggregateError. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
