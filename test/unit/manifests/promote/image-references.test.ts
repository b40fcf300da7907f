import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../lib/manifests/json.ts';
import { parseImage } from '../../../../lib/manifests/promote/image-name.ts';
import { setImages } from '../../../../lib/manifests/promote/kustomization-images.ts';
import { BadInputError } from '../../../../lib/platform/errors.ts';

const digest = 'sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3';

describe('the images of a kustomization', () => {
  it.each<readonly [argument: string, entry: Json]>([
    ['image1=my-image1:my-tag', { name: 'image1', newName: 'my-image1', newTag: 'my-tag' }],
    ['image1=my-image1:1234', { name: 'image1', newName: 'my-image1', newTag: '1234' }],
    ['image1=my-image1:3.2e2', { name: 'image1', newName: 'my-image1', newTag: '3.2e2' }],
    [`image1=my-image1@${digest}`, { name: 'image1', newName: 'my-image1', digest }],
    ['image1:my-tag', { name: 'image1', newTag: 'my-tag' }],
    [`image1@${digest}`, { name: 'image1', digest }],
    [`my-image1:my-tag@${digest}`, { name: 'my-image1', newTag: 'my-tag', digest }],
    [`image1=my-image1:my-tag@${digest}`, { name: 'image1', newName: 'my-image1', newTag: 'my-tag', digest }],
    ['nginx=localhost:5000/my-project/nginx', { name: 'nginx', newName: 'localhost:5000/my-project/nginx' }],
    ['nginx=localhost:5000/my-project/nginx:dev-01', { name: 'nginx', newName: 'localhost:5000/my-project/nginx', newTag: 'dev-01' }],
    ['image1=*:v1', { name: 'image1', newTag: 'v1' }],
    ['image1=my-image1:*', { name: 'image1', newName: 'my-image1' }],
  ])('get an entry for %s', (argument, entry) => {
    expect(setImages([], [argument])).toEqual([entry]);
  });

  it.each<readonly [what: string, before: Json, argument: string, after: Json]>([
    [
      'a name and a tag',
      { name: 'i', newName: 'old', newTag: '1' },
      'i=foo.bar:8800/foo/i:foo-bar',
      { name: 'i', newName: 'foo.bar:8800/foo/i', newTag: 'foo-bar' },
    ],
    ['a tag, and no name', { name: 'i', newName: 'old', newTag: '1' }, 'i=*:v1', { name: 'i', newName: 'old', newTag: 'v1' }],
    [
      'a tag without =, which keeps the name',
      { name: 'i', newName: 'old', newTag: '1' },
      'i:v1',
      { name: 'i', newName: 'old', newTag: 'v1' },
    ],
    ['a name, and no tag', { name: 'i', newName: 'old', newTag: '1' }, 'i=new:*', { name: 'i', newName: 'new', newTag: '1' }],
    [
      'nothing',
      { name: 'i', newName: 'old', newTag: '1', digest: 'sha256:abcdef12345' },
      'i=*:*',
      { name: 'i', newName: 'old', newTag: '1', digest: 'sha256:abcdef12345' },
    ],
    [
      'a digest over a digest',
      { name: 'i', newName: 'old', digest: 'sha256:abcdef12345' },
      `i=*@${digest}`,
      { name: 'i', newName: 'old', digest },
    ],
    ['a digest over a tag', { name: 'i', newName: 'old', newTag: '1' }, `i=*@${digest}`, { name: 'i', newName: 'old', digest }],
    ['a tag over a digest', { name: 'i', digest }, 'i=*:v2', { name: 'i', newTag: 'v2' }],
    ['a name, and keep the digest', { name: 'i', newName: 'old', digest }, 'i=new@*', { name: 'i', newName: 'new', digest }],
    ['both', { name: 'i', newTag: '1' }, `i:v2@${digest}`, { name: 'i', newTag: 'v2', digest }],
    [
      'and keep fields that are not known',
      { tagSuffix: '-x', name: 'i', newTag: '1' },
      'i:v2',
      { tagSuffix: '-x', name: 'i', newTag: 'v2' },
    ],
  ])('change %s', (_what, before, argument, after) => {
    expect(setImages([before], [argument])).toEqual([after]);
  });

  it('are changed three at once, others and their order untouched', () => {
    const images: Json[] = [
      { name: 'z', newTag: '0' },
      { name: 'image1', newTag: '1' },
      { name: 'image2', newName: 'a', newTag: '2' },
      { name: 'image3', newTag: '3' },
    ];

    expect(setImages(images, ['image3:my-tag', 'image1=foo:bar', `image2=my-image2@${digest}`])).toEqual([
      { name: 'z', newTag: '0' },
      { name: 'image1', newName: 'foo', newTag: 'bar' },
      { name: 'image2', newName: 'my-image2', digest },
      { name: 'image3', newTag: 'my-tag' },
    ]);
    expect(images[1]).toEqual({ name: 'image1', newTag: '1' });
  });

  it('get no entry for an image that is not there and of which nothing is asked', () => {
    expect(setImages([], ['image1=*:*'])).toEqual([]);
  });

  it.each([
    'bad args',
    'bad',
    'args',
    '',
    'a=b=c',
    'a=',
    '=b:c',
    'a=b:',
    'a=b@',
    'a=b@nodigest',
    'a=x*:v1',
    ':v1',
    'a=b:c@sha256:12345678@sha256:12345678',
  ])('refuse %j', (argument) => {
    expect(() => setImages([], [argument])).toThrow(BadInputError);
  });
});

describe('an image reference', () => {
  it.each([
    ['nginx', { name: 'nginx' }],
    ['nginx:1.29', { name: 'nginx', tag: '1.29' }],
    ['localhost:5000/web', { name: 'localhost:5000/web' }],
    ['localhost:5000/web:v1', { name: 'localhost:5000/web', tag: 'v1' }],
    [`r.io/a/b:v1@${digest}`, { name: 'r.io/a/b', tag: 'v1', digest }],
    [`r.io/a/b@${digest}`, { name: 'r.io/a/b', digest }],
  ])('%s is taken apart', (text, parts) => {
    expect(parseImage(text)).toEqual(parts);
  });

  it.each(['', 'a b', 'nginx:', 'nginx@', 'nginx@sha256', '$IMAGE', 'a@b@c', '{{ image }}'])('%j is none', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });
});
