import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isDigest } from './image-reference.ts';

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

/** All that may be answered. Without it, old registries answer with the manifest of one platform, in a form that nobody pulls. */
export const ACCEPT = [
  ...INDEX_TYPES,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** An image for one platform, in an index. */
export interface PlatformManifest {
  readonly digest: string;
  /** `linux/arm64/v8` */
  readonly platform: string;
}

const index = z.object({
  manifests: z
    .array(
      z.object({
        digest: z.string().refine(isDigest),
        platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).optional(),
      }),
    )
    .max(1000),
});

export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function isIndex(mediaType: string): boolean {
  return INDEX_TYPES.has(mediaType);
}

/** The platforms of an index. Attestations, which builders put beside them for the platform `unknown/unknown`, are none. `undefined` when it is no index. */
export function platformsOf(body: Buffer): readonly PlatformManifest[] | undefined {
  const parsed = index.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  return parsed.data.manifests.flatMap(({ digest, platform }) => {
    if (platform?.os === 'unknown') return [];
    const { os = 'any', architecture = 'any', variant } = platform ?? {};
    return [{ digest, platform: [os, architecture, variant].filter((part) => part !== undefined).join('/') }];
  });
}

/** The digest of what was received, in the algorithm of another digest. `undefined` for an algorithm that is not known. */
export function digestOf(body: Buffer, like = 'sha256:'): string | undefined {
  const algorithm = like.split(':')[0] ?? '';
  return algorithm === 'sha256' || algorithm === 'sha512' ? `${algorithm}:${createHash(algorithm).update(body).digest('hex')}` : undefined;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
