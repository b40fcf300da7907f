import { createHash } from 'node:crypto';

/** A manifest or an index, as it is stored and sent. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

/** What has to be pushed for an image: blobs first, then manifests, the one that a tag is given last. */
export interface SandboxImage {
  readonly digest: string;
  /** By platform; empty for an image without an index. */
  readonly platforms: Readonly<Record<string, string>>;
  readonly blobs: readonly Buffer[];
  readonly manifests: readonly StoredManifest[];
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

export function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** An image whose only layer is `content`; the same content always makes the same digests. */
export function imageOf(content: string, platforms: readonly string[] = []): SandboxImage {
  if (platforms.length === 0) {
    const { blobs, manifest } = onePlatform(content, 'linux/amd64');
    return { digest: manifest.digest, platforms: {}, blobs, manifests: [manifest] };
  }
  const built = platforms.map((platform) => ({ platform, ...onePlatform(content, platform) }));
  const attested = { platform: 'unknown/unknown', ...onePlatform(`attestation of ${content}`, 'unknown/unknown') };
  const index = stored(INDEX, {
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: [...built, attested].map(({ platform, manifest }) => ({
      ...descriptor(manifest.body, MANIFEST),
      platform: platformOf(platform),
    })),
  });
  return {
    digest: index.digest,
    platforms: Object.fromEntries(built.map(({ platform, manifest }) => [platform, manifest.digest])),
    blobs: [...built, attested].flatMap(({ blobs }) => blobs),
    manifests: [...[...built, attested].map(({ manifest }) => manifest), index],
  };
}

function onePlatform(content: string, platform: string): { readonly blobs: readonly Buffer[]; readonly manifest: StoredManifest } {
  const layer = Buffer.from(content);
  const config = Buffer.from(JSON.stringify({ ...platformOf(platform), rootfs: { type: 'layers', diff_ids: [sha256(layer)] } }));
  const manifest = stored(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor(config, 'application/vnd.oci.image.config.v1+json'),
    layers: [descriptor(layer, 'application/vnd.oci.image.layer.v1.tar')],
  });
  return { blobs: [layer, config], manifest };
}

function stored(mediaType: string, document: object): StoredManifest {
  const body = Buffer.from(JSON.stringify(document));
  return { digest: sha256(body), mediaType, body };
}

function descriptor(content: Buffer, mediaType: string): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: sha256(content), size: content.length };
}

function platformOf(platform: string): { os: string; architecture: string; variant?: string } {
  const [os = '', architecture = '', variant] = platform.split('/');
  return { os, architecture, ...(variant !== undefined && { variant }) };
}
