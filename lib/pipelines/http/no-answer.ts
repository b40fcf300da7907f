import { SERVICE_NAMES, type Service, UnreachableError } from '../errors.ts';

/** Failures from before the request was on its way: sending it again does nothing twice. */
const NOT_SENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'its name does not resolve at the moment',
  EHOSTUNREACH: 'there is no way to its address',
  ENETUNREACH: 'there is no way to its address',
};

const LOST: Readonly<Record<string, string>> = {
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'no answer in time',
  ECONNABORTED: 'the connection was cut',
  ERR_BAD_RESPONSE: 'the answer broke off',
};

const TLS = /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|UNABLE_TO_/;

/** What an exchange without an answer comes to. Of the error only its code is read: all else may quote the request. */
export function noAnswer(
  error: unknown,
  { service, timedOutAfterMs }: { readonly service: Service; readonly timedOutAfterMs?: number },
): UnreachableError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const name = SERVICE_NAMES[service];
  if (timedOutAfterMs !== undefined) {
    const message = `${name} could not be reached: no answer in ${timedOutAfterMs} ms`;
    return new UnreachableError(message, { service, sent: 'unknown', retryable: true, hint: networkHint(name) });
  }
  if (TLS.test(code)) {
    const hint = 'if its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS';
    return new UnreachableError(`${name} could not be reached: no TLS connection (${code})`, {
      service,
      sent: 'no',
      retryable: false,
      hint,
    });
  }
  const why = NOT_SENT[code] ?? LOST[code] ?? (error instanceof RangeError ? error.message : 'the connection broke');
  const shown = code === '' ? why : `${why} (${code})`;
  const details = { service, sent: code in NOT_SENT ? 'no' : 'unknown', retryable: true, hint: networkHint(name) } as const;
  return new UnreachableError(`${name} could not be reached: ${shown}`, details);
}

function networkHint(name: string): string {
  return `check the URL and the network path to ${name} (proxy, VPN, NAT)`;
}
