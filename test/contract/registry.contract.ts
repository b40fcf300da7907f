import { expect, it } from 'vitest';
import type { RegistryCredentials } from '../../lib/registry/credentials.ts';
import { resolveDigest } from '../../lib/registry/resolve-digest.ts';
import { imageOf, type SandboxImage } from '../../sandbox/registry/images.ts';

export interface RegistryUnderTest {
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly credentials?: RegistryCredentials;
  push(repository: string, tag: string, image: SandboxImage): Promise<void>;
}

const tagged = imageOf('one platform');
const multi = imageOf('several platforms', ['linux/amd64', 'linux/arm64/v8']);

/** What resolving a digest relies on in a registry; run it inside a `describe` per registry. */
export function registryContract(open: () => RegistryUnderTest): void {
  const resolve = (name: string): ReturnType<typeof resolveDigest> => {
    const { host, credentials } = open();
    return resolveDigest(`${host}/${name}`, { random: () => 0, ...(credentials && { credentials }) });
  };

  it('tells the digest of a tag', async () => {
    await open().push('shop/web', '2.4.1', tagged);

    expect(await resolve('shop/web:2.4.1')).toEqual({
      reference: `${open().host}/shop/web:2.4.1`,
      digest: tagged.digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      platforms: [],
      digests: [tagged.digest],
    });
  });

  it('tells the digests of an index and of its platforms, without what is attached to them', async () => {
    await open().push('shop/multi', 'latest', multi);

    const found = await resolve('shop/multi');

    expect(found).toMatchObject({ digest: multi.digest, mediaType: 'application/vnd.oci.image.index.v1+json' });
    expect(Object.fromEntries(found.platforms.map(({ platform, digest }) => [platform, digest]))).toEqual(multi.platforms);
    expect(found.digests).toEqual([multi.digest, ...Object.values(multi.platforms)]);
  });

  it('finds what a digest names, whatever tag is beside it', async () => {
    await open().push('shop/multi', 'latest', multi);

    expect((await resolve(`shop/multi:none@${multi.digest}`)).digest).toBe(multi.digest);
  });

  it('follows a tag that moves', async () => {
    await open().push('shop/moving', 'latest', tagged);
    await open().push('shop/moving', 'latest', multi);

    expect((await resolve('shop/moving')).digest).toBe(multi.digest);
  });

  it.each(['shop/web:none', 'shop/none:latest', `shop/web@sha256:${'0'.repeat(64)}`])('says that %s is missing', async (name) => {
    await open().push('shop/web', '2.4.1', tagged);

    await expect(resolve(name)).rejects.toMatchObject({ code: 'registry', trouble: 'missing', status: 404, retryable: false });
  });
}
