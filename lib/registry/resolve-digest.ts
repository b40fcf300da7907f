import { type Clock, systemClock } from '../platform/clock.ts';
import { type RetryPolicy, retry } from '../platform/retry.ts';
import type { RegistryCredentials } from './credentials.ts';
import type { RegistryAnswer, Wire } from './exchange.ts';
import { type ImageReference, imageText, isDigest, parseImageReference } from './image-reference.ts';
import { ACCEPT, digestOf, isIndex, mediaTypeOf, type PlatformManifest, platformsOf } from './manifest.ts';
import { RegistryError } from './registry-error.ts';
import { RegistrySession, type SessionOptions } from './session.ts';

export interface ResolveOptions {
  readonly credentials?: RegistryCredentials;
  /** Hosts beside the registry that its passwords may be shown to, to get a token. */
  readonly trustedRealms?: readonly string[];
  readonly addresses?: Wire['addresses'];
  /** Certificates, in PEM, trusted beside those of the system. */
  readonly ca?: readonly string[];
  /** Which registries are spoken to without TLS. @default those on this machine, as for Docker */
  readonly plainHttp?: (registry: string) => boolean;
  /** For one request, in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** In [0, 1); `Math.random` unless told. */
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  /** What is left of the time budget, in milliseconds. */
  readonly remainingMs?: () => number;
}

export interface ResolvedImage {
  /** In full: `docker.io/library/nginx:1.29`. */
  readonly reference: string;
  /** Of the index, where there is one. */
  readonly digest: string;
  readonly mediaType: string;
  /** Of the images in the index; empty when the image is for one platform and has no index. */
  readonly platforms: readonly PlatformManifest[];
  /** All digests that a node may say it runs: that of the index and those of its platforms. */
  readonly digests: readonly string[];
}

const policy: RetryPolicy = { attempts: 3, baseMs: 300, capMs: 3_000 };

/**
 * Asks the registry which digest an image reference stands for, by the OCI distribution API. A tag is looked up with HEAD, which costs no pull;
 * what the registry says of an index is read and compared with its digest. Rate limits, failures inside and lost connections are tried again within the budget.
 * @throws BadInputError for a reference that cannot be read; RegistryError
 */
export async function resolveDigest(reference: string, options: ResolveOptions = {}): Promise<ResolvedImage> {
  const { clock = systemClock, random, signal, remainingMs, credentials, trustedRealms, plainHttp } = options;
  const image = parseImageReference(reference);
  const wire = wireOf(options);
  const session = (): SessionOptions => ({ wire, clock, credentials, trustedRealms, plainHttp, signal });
  return retry(() => lookUp(image, new RegistrySession(image, session())), {
    policy,
    clock,
    ...(random && { random }),
    ...(signal && { signal }),
    ...(remainingMs && { remainingMs }),
    retryAfter: (error) => (error instanceof RegistryError && error.retryable ? (error.retryAfterMs ?? 'backoff') : undefined),
  });
}

function wireOf({ addresses, ca, timeoutMs = 5_000 }: ResolveOptions): Wire {
  return { timeoutMs, ...(addresses && { addresses }), ...(ca && { ca }) };
}

async function lookUp(image: ImageReference, session: RegistrySession): Promise<ResolvedImage> {
  const version = image.digest ?? image.tag ?? 'latest';
  const head = image.digest === undefined ? await headOf(session, version) : undefined;
  const told = head && toldDigest(head);
  const mediaType = mediaTypeOf(head?.headers['content-type']);
  if (told !== undefined && mediaType !== '' && !isIndex(mediaType)) return resolved(image, { digest: told, mediaType, platforms: [] });
  return read(image, session, told ?? version);
}

/** Some registries know no HEAD, and a cache in front of another registry may fetch an image for a GET alone: that decides. */
async function headOf(session: RegistrySession, version: string): Promise<RegistryAnswer | undefined> {
  try {
    return await session.manifest({ method: 'HEAD', version, accept: ACCEPT });
  } catch (error) {
    if (error instanceof RegistryError && (error.status === 404 || error.status === 405)) return undefined;
    throw error;
  }
}

/** A manifest is read by its digest where that is known, so that a tag which moves meanwhile makes no difference. */
async function read(image: ImageReference, session: RegistrySession, version: string): Promise<ResolvedImage> {
  const answer = await session.manifest({ method: 'GET', version, accept: ACCEPT });
  const expected = isDigest(version) ? version : toldDigest(answer);
  const digest = digestOf(answer.body, expected);
  if (digest === undefined || (expected !== undefined && digest !== expected))
    throw badAnswer(image, 'what it sent has another digest than it should have');
  const mediaType = mediaTypeOf(answer.headers['content-type']);
  const platforms = isIndex(mediaType) ? platformsOf(answer.body) : [];
  if (!platforms) throw badAnswer(image, 'it sent an index that cannot be read');
  return resolved(image, { digest, mediaType, platforms });
}

function toldDigest({ headers }: RegistryAnswer): string | undefined {
  const told = headers['docker-content-digest'];
  return typeof told === 'string' && isDigest(told) ? told : undefined;
}

function resolved(image: ImageReference, found: Pick<ResolvedImage, 'digest' | 'mediaType' | 'platforms'>): ResolvedImage {
  const digests = [...new Set([found.digest, ...found.platforms.map(({ digest }) => digest)])];
  return { reference: imageText(image), ...found, digests };
}

function badAnswer(image: ImageReference, why: string): RegistryError {
  return new RegistryError(`${imageText(image)} could not be looked up: ${why}`, {
    registry: image.registry,
    trouble: 'bad-answer',
    hint: 'look whether a proxy or cache is between here and the registry',
  });
}
