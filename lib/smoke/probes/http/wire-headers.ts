import type { AwsCredentialProvider } from '../../../aws/credentials.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { HttpAuth, Pairs } from '../../suite/probe-kinds.ts';
import { ProbeFailure } from '../probe-failure.ts';
import type { HttpRequest } from './http-request.ts';

/** Methods that say by themselves that there is no body; others say it with a length of 0. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

const NONE: ReadonlySet<string> = new Set();

export interface Signing {
  readonly clock: Clock;
  readonly credentials?: AwsCredentialProvider;
}

/** Everything that is sent before the body, as names and values in turn. The suite's own headers win over ours, and keep order and letter case. */
export function wireHeaders(request: HttpRequest, signing: Signing, close: boolean): readonly string[] | Promise<readonly string[]> {
  const { auth } = request;
  const given = request.headers.length === 0 ? NONE : new Set(request.headers.map(([name]) => name.toLowerCase()));
  const unsigned = unsignedHeaders(request, given, close);
  if (auth === undefined || given.has('authorization')) return unsigned.flat();
  return authHeaders(auth, { ...request, headers: unsigned }, signing).then((more) => [...unsigned, ...more].flat());
}

/** @param given names of the suite's own, in lower case */
function unsignedHeaders({ method, url, headers, body, decompress }: HttpRequest, given: ReadonlySet<string>, close: boolean): Pairs {
  const ours: (readonly [string, string])[] = [];
  if (body?.contentType !== undefined) ours.push(['Content-Type', body.contentType]);
  if ((body || !WITHOUT_BODY.has(method)) && !given.has('transfer-encoding'))
    ours.push(['Content-Length', String(body?.bytes.length ?? 0)]);
  ours.push(['User-Agent', 'nightshift'], ['Accept', '*/*']);
  if (decompress) ours.push(['Accept-Encoding', 'gzip, deflate, br']);
  ours.push(['Connection', close ? 'close' : 'keep-alive']);
  const host = ['Host', url.host] as const;
  if (given.size === 0) return [host, ...ours];
  return [...(given.has('host') ? [] : [host]), ...headers, ...ours.filter(([name]) => !given.has(name.toLowerCase()))];
}

async function authHeaders(auth: HttpAuth, request: HttpRequest, signing: Signing): Promise<Pairs> {
  switch (auth.kind) {
    case 'basic':
      return [['Authorization', `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`]];
    case 'bearer':
      return [['Authorization', `Bearer ${auth.token}`]];
    case 'sigv4':
      return signatureHeaders(auth, request, signing);
    default:
      return auth satisfies never;
  }
}

async function signatureHeaders(
  { service, region }: HttpAuth & { readonly kind: 'sigv4' },
  { method, url, headers, body }: HttpRequest,
  { clock, credentials }: Signing,
): Promise<Pairs> {
  const notSigned = (why: string): ProbeFailure =>
    new ProbeFailure(
      'refused',
      `${why}, so the request cannot be signed and was not sent`,
      "check the role's credentials, and what it may do",
    );
  if (!credentials) throw notSigned('there are no AWS credentials here');
  const identity = await credentials().catch(() => {
    throw notSigned('the AWS credentials cannot be had');
  });
  // The signer is loaded by the few suites that sign.
  const { signRequest } = await import('../../../aws/sign-request.ts');
  return signRequest(
    { method, url, headers, ...(body && { body: body.bytes }) },
    { service, region, credentials: identity, now: clock.now() },
  );
}
