import { type Fields, isFields } from './fields.ts';

/** What a plugin printed, as the fields that a kubeconfig's user would have. */
export interface ExecCredential {
  readonly user: Fields;
  /** Epoch milliseconds; infinite when the plugin names no end. */
  readonly until: number;
}

/**
 * Reads the ExecCredential that a plugin printed.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats
 * @throws SyntaxError when it is none: not to be repeated, for it quotes what was printed; Error when there is nothing to authenticate with in it
 */
export function readExecCredential(text: string): ExecCredential {
  const document: unknown = JSON.parse(text);
  const status = isFields(document) ? document.status : undefined;
  if (!isFields(status)) throw new SyntaxError('not an ExecCredential');
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = status;
  const until = typeof expirationTimestamp === 'string' ? Date.parse(expirationTimestamp) : Number.NaN;
  const user = {
    ...(isText(token) && { token }),
    ...(isPem(cert) && isPem(key) && { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) }),
  };
  // Without either the request would go out as nobody, and its refusal would speak of missing rights.
  if (Object.keys(user).length === 0) throw new Error('it printed neither a token nor a client certificate with its key');
  return { user, until: Number.isNaN(until) ? Number.POSITIVE_INFINITY : until };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPem(value: unknown): value is string {
  return isText(value) && value.includes('-----BEGIN');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
