import { encodeStrictly } from '../platform/encode-strictly.ts';

/**
 * The same URL in the one spelling that signer and service agree on: everything but unreserved characters percent-encoded, spaces as `%20`. A request
 * that is signed must be sent with it.
 */
export function signableUrl(url: URL): URL {
  const signable = new URL(url);
  signable.pathname = url.pathname.split('/').map(respell).join('/');
  signable.search = [...url.searchParams].map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`).join('&');
  return signable;
}

function respell(segment: string): string {
  try {
    return encodeStrictly(decodeURIComponent(segment));
  } catch {
    // A stray percent sign: whoever wrote it means it so.
    return segment;
  }
}
