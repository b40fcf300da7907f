import { encodeStrictly } from '../../../platform/encode-strictly.ts';
import type { HttpAuth, HttpProbe, Pairs, TlsSettings } from '../../suite/probe-kinds.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { hostOf } from '../target-host.ts';
import { encodeBody } from './encode-body.ts';

/** One request before it is put on the wire; a redirect makes another one of it. */
export interface HttpRequest {
  readonly method: string;
  /** Without user and fragment. */
  readonly url: URL;
  /** Of the suite, in its order and letter case. */
  readonly headers: Pairs;
  readonly body?: { readonly bytes: Buffer; readonly contentType?: string };
  /** Absent once another origin was visited: it is not to learn them, and what comes after it was chosen by it. */
  readonly auth?: HttpAuth;
  readonly tls: TlsSettings;
  readonly decompress: boolean;
}

/**
 * The first request of a probe: query added, body encoded, `user:password@` of the URL taken as basic authentication.
 * @throws ProbeFailure of class `refused` when the URL is none that can be asked; it is not quoted, for it may hold a secret
 */
export function firstRequest(probe: HttpProbe): HttpRequest {
  const url = parseUrl(probe.url);
  const auth = probe.auth ?? userOf(url);
  // Each assignment reads the whole URL anew.
  if (url.username !== '') url.username = '';
  if (url.password !== '') url.password = '';
  if (url.hash !== '') url.hash = '';
  if (probe.query.length > 0)
    url.search = [url.search.replace(/^\?/, ''), ...probe.query.map(encodePair)].filter((part) => part !== '').join('&');
  return {
    method: probe.method,
    url,
    headers: probe.headers,
    ...(probe.body && { body: encodeBody(probe.body) }),
    ...(auth && { auth }),
    tls: probe.tls,
    decompress: probe.decompress,
  };
}

/** Scheme, host and port: all that a message tells of a request. */
export function labelOf({ method, url }: HttpRequest): string {
  return `${method} ${url.origin}`;
}

export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** By what the server makes itself known: its certificate's name and SNI. */
export function tlsNameOf({ url, tls }: HttpRequest): string {
  return tls.serverName ?? hostOf(url);
}

export function isWeb(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

function encodePair([name, value]: readonly [string, string]): string {
  return `${encodeStrictly(name)}=${encodeStrictly(value)}`;
}

function parseUrl(text: string): URL {
  const url = urlIn(text);
  if (url && isWeb(url)) return url;
  const why = url ? 'its URL is neither http nor https' : 'its URL cannot be read';
  throw new ProbeFailure('refused', `${why}, and nothing was sent`, 'look at the URL and the variables in it');
}

/** In one reading: `URL.canParse` would be another. */
function urlIn(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function userOf({ username, password }: URL): HttpAuth | undefined {
  return username || password ? { kind: 'basic', username: decoded(username), password: decoded(password) } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
