import { signableUrl } from '../../../aws/signable-url.ts';
import { headerOf } from '../../assert/headers.ts';
import type { Hop, HttpSubject } from '../../subject.ts';
import type { HttpProbe } from '../../suite/probe-kinds.ts';
import type { Attempt } from '../attempt.ts';
import { bodyTooLarge } from '../body-too-large.ts';
import { ProbeFailure } from '../probe-failure.ts';
import { hostAndPort, hostOf } from '../target-host.ts';
import { tlsMaterial } from '../tls-contexts.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { decodeBody } from './decode-body.ts';
import { type Answer, exchange } from './exchange.ts';
import { firstRequest, type HttpRequest, labelOf, portOf, tlsNameOf } from './http-request.ts';
import { nextRequest } from './redirect.ts';
import { type Signing, wireHeaders } from './wire-headers.ts';

export interface HttpMeans extends Signing {
  readonly pool: ConnectionPool;
}

/** Sends a request, follows as many redirects as the probe allows, and decodes the last answer. */
export async function httpProbe(probe: HttpProbe, attempt: Attempt, means: HttpMeans): Promise<HttpSubject> {
  const first = firstRequest(probe);
  const hops: Hop[] = [];
  let seen: Set<string> | undefined;
  let request = first;
  for (;;) {
    if (seen?.has(visitOf(request)))
      throw new ProbeFailure(
        'protocol',
        'the server redirects in a circle',
        'look at what it redirects to: often a scheme or a slash that a proxy takes away again',
      );
    attempt.label = labelOf(request);
    const start = performance.now();
    const answer = await answerTo(request, { probe, first, attempt, means });
    hops.push(hopOf(request, answer, performance.now() - start));
    const next =
      hops.length <= probe.followRedirects ? nextRequest(request, answer.status, headerOf(answer.headers, 'location')) : undefined;
    if (!next) return subjectOf({ request, answer, hops }, attempt.limits.maxBodyBytes);
    seen = (seen ?? new Set()).add(visitOf(request));
    request = next;
  }
}

function visitOf({ method, url }: HttpRequest): string {
  return `${method} ${url.href}`;
}

interface Sending {
  readonly probe: HttpProbe;
  readonly first: HttpRequest;
  readonly attempt: Attempt;
  readonly means: HttpMeans;
}

async function answerTo(asked: HttpRequest, { probe, first, attempt, means }: Sending): Promise<Answer> {
  const request = asked.auth?.kind === 'sigv4' ? { ...asked, url: signableUrl(asked.url) } : asked;
  const { url, body } = request;
  const fresh = attempt.limits.fresh === true;
  const headers = await wireHeaders(request, means, fresh || !means.pool.keepAlive);
  if (attempt.over) throw attempt.over;
  const target = targetOf(request, first, probe.connectTo);
  const name = tlsNameOf(request);
  const tls = url.protocol === 'https:' ? { settings: request.tls, name } : undefined;
  const key = tls
    ? `${target.host} ${target.port} ${name} ${request.tls.insecure} ${request.tls.pin} ${tlsMaterial(request.tls)}`
    : `${target.host} ${target.port}`;
  return exchange(
    {
      target: { ...target, ...(tls && { tls }) },
      // A key of its own finds no kept connection.
      key: fresh ? `${key} ${performance.now()}` : key,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers,
      ...(body && { body: body.bytes }),
      mostBytes: mostEncodedBytes(attempt.limits.maxBodyBytes),
    },
    attempt,
    means.pool,
  );
}

/** `connectTo` stands for the first origin; without a port of its own, for the first host on whatever port. */
function targetOf(
  { url }: HttpRequest,
  first: HttpRequest,
  connectTo: string | undefined,
): { readonly host: string; readonly port: number } {
  const own = { host: hostOf(url), port: portOf(url) };
  if (connectTo === undefined) return own;
  const { host, port } = hostAndPort(connectTo);
  if (port === undefined) return url.hostname === first.url.hostname ? { host, port: own.port } : own;
  return url.origin === first.url.origin ? { host, port } : own;
}

/** What cannot be packed grows a little when it is. */
function mostEncodedBytes(mostBytes: number): number {
  return mostBytes + (mostBytes >> 6) + 64;
}

function hopOf({ url }: HttpRequest, { status, headers, remoteAddress }: Answer, durationMs: number): Hop {
  return { url: url.href, status, headers, durationMs, ...(remoteAddress !== undefined && { remoteAddress }) };
}

interface Last {
  readonly request: HttpRequest;
  readonly answer: Answer;
  readonly hops: readonly Hop[];
}

async function subjectOf({ request, answer, hops }: Last, mostBytes: number): Promise<HttpSubject> {
  const { status, httpVersion, headers, certificate } = answer;
  const encoding = request.decompress ? (headerOf(answer.headers, 'content-encoding') ?? '') : '';
  const body = encoding === '' ? answer.body : await decodeBody(answer.body, encoding, mostBytes);
  if (body.length > mostBytes) throw bodyTooLarge(mostBytes);
  return {
    kind: 'http',
    status,
    httpVersion,
    headers,
    body,
    encodedBytes: answer.body.length,
    url: request.url.href,
    hops,
    ...(certificate && { certificate }),
  };
}
