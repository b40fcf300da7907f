import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import type { CiFaults } from '../ci/faults.ts';
import { type CiAnswer, type CiRequest, serveCi } from '../ci/http.ts';
import { type Access, accessOf, errorAnswer, type RegistryAuth } from './access.ts';
import type { SandboxImage, StoredManifest } from './images.ts';

export interface RegistrySandboxOptions {
  /** A free one unless told. */
  readonly port?: number;
  /** @default none */
  readonly auth?: RegistryAuth;
  /** Repositories that are there and may be read by nobody: 403. */
  readonly forbidden?: readonly string[];
  /** Answers HEAD with 405, as some caches do. */
  readonly withoutHead?: boolean;
  /** Leaves out `Docker-Content-Digest`, as OCI allows. */
  readonly withoutDigestHeader?: boolean;
  readonly clock?: Pick<Clock, 'now'>;
}

export interface RegistrySandbox {
  /** `127.0.0.1:port`, as image references begin. */
  readonly host: string;
  readonly faults: CiFaults;
  readonly requests: readonly CiRequest[];
  push(repository: string, tag: string, image: SandboxImage): void;
  close(): Promise<void>;
}

interface Repository {
  readonly tags: Map<string, string>;
  readonly manifests: Map<string, StoredManifest>;
}

const path = /^\/v2\/(.+)\/manifests\/([^/]+)$/;

/**
 * A registry that lets manifests be read (OCI distribution, "pull"), on plain HTTP at the loopback: tags and digests, HEAD and GET, media types only
 * as they are accepted, and logins by Basic or by tokens of its own.
 */
export async function startRegistrySandbox(options: RegistrySandboxOptions = {}): Promise<RegistrySandbox> {
  const { auth = { kind: 'none' }, clock = systemClock } = options;
  const now = (): number => clock.now();
  const repositories = new Map<string, Repository>();
  let origin = '';
  const access = accessOf(auth, { origin: () => origin, now });
  const answer = (request: CiRequest): CiAnswer =>
    request.path === '/token' ? access.token(request) : manifestAnswer(request, { repositories, access, options });
  const server = await serveCi({ port: options.port, now, answer });
  origin = server.origin;
  return {
    host: new URL(origin).host,
    faults: server.faults,
    requests: server.requests,
    push(repository, tag, { manifests, digest }) {
      const known = repositories.get(repository) ?? { tags: new Map(), manifests: new Map() };
      for (const manifest of manifests) known.manifests.set(manifest.digest, manifest);
      known.tags.set(tag, digest);
      repositories.set(repository, known);
    },
    close: () => server.close(),
  };
}

interface Shelves {
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly access: Access;
  readonly options: RegistrySandboxOptions;
}

function manifestAnswer(request: CiRequest, { repositories, access, options }: Shelves): CiAnswer {
  const [, repository = '', version = ''] = path.exec(request.path) ?? [];
  if (repository === '') return errorAnswer(404, 'NOT_FOUND');
  const refusal = access.check(request, repository);
  if (refusal) return refusal;
  if (options.forbidden?.includes(repository)) return errorAnswer(403, 'DENIED');
  if (request.method !== 'GET' && (request.method !== 'HEAD' || options.withoutHead)) return errorAnswer(405, 'UNSUPPORTED');
  const found = repositories.get(repository);
  const manifest = found?.manifests.get(found.tags.get(version) ?? version);
  if (!manifest) return errorAnswer(404, found ? 'MANIFEST_UNKNOWN' : 'NAME_UNKNOWN');
  const accepted = (request.headers.accept ?? '').split(',').map((type) => type.trim());
  if (!accepted.includes(manifest.mediaType)) return errorAnswer(404, 'MANIFEST_UNKNOWN');
  const headers = {
    'content-type': manifest.mediaType,
    'content-length': String(manifest.body.length),
    ...(options.withoutDigestHeader ? {} : { 'docker-content-digest': manifest.digest }),
  };
  return { status: 200, headers, body: request.method === 'HEAD' ? '' : manifest.body };
}
