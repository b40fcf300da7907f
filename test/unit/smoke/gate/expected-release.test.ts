import { describe, expect, it } from 'vitest';
import type { Release } from '../../../../lib/records/releases.ts';
import { type DigestSources, expectedRelease } from '../../../../lib/smoke/gate/expected-release.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const release: Release = {
  app: 'shop',
  version: '2.4.1',
  digest: A,
  uri: 'registry.example.com:5000/shop/web:2.4.1',
  metadata: {},
  status: 'released',
  at: '2026-11-27T23:00:00Z',
};
const sources = (more: DigestSources = {}): DigestSources => ({ release: async () => undefined, resolveTag: async () => [B, A], ...more });

describe('the digest of a release', () => {
  it('is the one that the caller gives', async () => {
    expect(await expectedRelease({ digest: A, image: 'shop/web:2.4.1' }, sources())).toEqual({
      version: '2.4.1',
      digest: A,
      images: [{ digests: [A], repository: 'shop/web' }],
      warnings: [],
    });
  });

  it('is that of the image, where it names one', async () => {
    expect(await expectedRelease({ image: `registry:5000/web:1@${A}` }, sources())).toMatchObject({
      version: '1',
      digest: A,
      images: [{ digests: [A], repository: 'registry:5000/web' }],
    });
  });

  it('is that of the release record, with the repository that the record names', async () => {
    expect(await expectedRelease({ app: 'shop', version: '2.4.1' }, sources({ release: async () => release }))).toEqual({
      version: '2.4.1',
      digest: A,
      images: [{ digests: [A], repository: 'registry.example.com:5000/shop/web' }],
      warnings: [],
    });
  });

  it('names no repository for a release that is a file', async () => {
    const file = { ...release, uri: 's3://artifacts/shop.zip?versionId=1' };
    const { images } = await expectedRelease({ app: 'shop', version: '2.4.1' }, sources({ release: async () => file }));

    expect(images).toEqual([{ digests: [A] }]);
  });

  it('is what the registry says of the tag, for the index and its platforms, when nothing else is known', async () => {
    expect(await expectedRelease({ app: 'shop', version: '9', image: 'web:9' }, sources())).toMatchObject({
      digest: B,
      images: [{ digests: [B, A], repository: 'web' }],
      warnings: ['no release of shop 9 is recorded'],
    });
  });

  it('is unknown when every source fails, and each failure is told', async () => {
    const failing = sources({
      release: async () => Promise.reject(new Error('the table is gone')),
      resolveTag: async () => Promise.reject(new Error('the registry is gone')),
    });

    expect(await expectedRelease({ app: 'shop', version: '9', image: 'web:9' }, failing)).toEqual({
      version: '9',
      images: [],
      warnings: ['the table is gone', 'the registry is gone'],
    });
  });

  it('is objected to when the release is quarantined', async () => {
    const quarantined = sources({ release: async () => ({ ...release, status: 'quarantined' }) });

    expect((await expectedRelease({ app: 'shop', version: '2.4.1' }, quarantined)).objection).toBe(
      'shop 2.4.1 is quarantined in the records',
    );
  });
});

describe('the version of a release', () => {
  it.each([
    ['web:2.4.1', '2.4.1'],
    ['registry:5000/web', undefined],
    ['web:latest', undefined],
    [`registry:5000/web@${A}`, undefined],
    ['web:build-42', 'build-42'],
  ])('of the image %s is %s', async (image, version) => {
    expect((await expectedRelease({ image }, {})).version).toBe(version);
  });

  it('is rather the one that the caller gives', async () => {
    expect((await expectedRelease({ image: 'web:1', version: '2' }, {})).version).toBe('2');
  });
});
