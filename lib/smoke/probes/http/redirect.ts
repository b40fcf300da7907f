import { namesSecret } from '../../../platform/redact.ts';
import type { Pairs, TlsSettings } from '../../suite/probe-kinds.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { type HttpRequest, isWeb } from './http-request.ts';

const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const OF_THE_BODY = /^(?:content-.*|transfer-encoding|digest|expect)$/i;
const CREDENTIAL = /^(?:authorization|cookie|cookie2|proxy-authorization|host)$/i;

/**
 * The request that a redirect asks for (RFC 9110, 15.4), or `undefined` when the answer is none. POST becomes GET after 301 and 302, everything but
 * HEAD after 303; 307 and 308 repeat the request as it is. What proves who we are (authentication, cookies, headers named like secrets, client
 * certificate, pin) goes to the first origin only.
 * @throws ProbeFailure for a redirect that must not be followed
 */
export function nextRequest(request: HttpRequest, status: number, location: string | undefined): HttpRequest | undefined {
  if (!FOLLOWED.has(status) || location === undefined) return undefined;
  const url = readLocation(location, request.url);
  const becomesGet = status === 303 ? request.method !== 'HEAD' : status < 303 && request.method === 'POST';
  const { body, auth, ...rest } = request;
  const sameOrigin = url.origin === request.url.origin;
  const headers = becomesGet ? without(request.headers, (name) => OF_THE_BODY.test(name)) : request.headers;
  return {
    ...rest,
    url,
    method: becomesGet ? 'GET' : request.method,
    headers: sameOrigin ? headers : without(headers, (name) => CREDENTIAL.test(name) || namesSecret(name)),
    ...(body && !becomesGet && { body }),
    ...(auth && sameOrigin && { auth }),
    tls: sameOrigin ? request.tls : forStrangers(request.tls),
  };
}

function readLocation(location: string, base: URL): URL {
  if (!URL.canParse(location, base.href))
    throw new ProbeFailure('protocol', 'the server redirects to what is no URL', 'look at the `location` that it sends');
  const url = new URL(location, base.href);
  if (!isWeb(url))
    throw new ProbeFailure('refused', 'the server redirects to what is neither http nor https', 'look at the `location` that it sends');
  if (base.protocol === 'https:' && url.protocol === 'http:') {
    throw new ProbeFailure(
      'refused',
      'the server redirects from https to http, and what follows could be read on the way',
      'let it redirect to https; behind a load balancer it needs X-Forwarded-Proto',
    );
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function without(headers: Pairs, dropped: (name: string) => boolean): Pairs {
  return headers.filter(([name]) => !dropped(name));
}

function forStrangers({ ca, insecure }: TlsSettings): TlsSettings {
  return { insecure, ...(ca !== undefined && { ca }) };
}
