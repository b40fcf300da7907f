import type { AwsCredentialProvider } from '../../../aws/credentials.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { HttpAuth, Pairs } from '../../suite/probe-kinds.ts';
import { ProbeFailure } from '../probe-failure.ts';
import type { HttpRequest } from './http-request.ts';

/** Methods that say by themselves that there is no body; others say it with a length of 0. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

export interface Signing {
  readonly clock: Clock;
  readonly credentials?: AwsCredentialProvider;
}

/** Everything that is sent before the body, as names and values in turn. The suite's own headers win over ours, and keep order and letter case. */
export async function wireHeaders(
  request: HttpRequest,
  { close, ...signing }: Signing & { readonly close: boolean },
): Promise<readonly string[]> {
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const missing = (pairs: Pairs): Pairs => pairs.filter(([name]) => !given.has(name.toLowerCase()));
  const { bytes, contentType } = request.body ?? {};
  const before = missing([['Host', request.url.host]]);
  const content = missing([
    ...(contentType === undefined ? [] : ([['Content-Type', contentType]] as const)),
    ...(given.has('transfer-encoding') || (!bytes && WITHOUT_BODY.has(request.method))
      ? []
      : ([['Content-Length', String(bytes?.length ?? 0)]] as const)),
  ]);
  const after = missing([
    ['User-Agent', 'nightshift'],
    ['Accept', '*/*'],
    ...(request.decompress ? ([['Accept-Encoding', 'gzip, deflate, br']] as const) : []),
    ['Connection', close ? 'close' : 'keep-alive'],
  ]);
  const unsigned = [...before, ...request.headers, ...content, ...after];
  const auth =
    request.auth && !given.has('authorization') ? await authHeaders(request.auth, { ...request, headers: unsigned }, signing) : [];
  return [...unsigned, ...auth].flat();
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
