import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { type ImageReference, imageText, isDigest, parseImageReference } from '../../../lib/registry/image-reference.ts';

const SHA = `sha256:${'ab'.repeat(32)}`;

describe('parseImageReference', () => {
  it.each<[string, ImageReference]>([
    ['nginx', { registry: 'docker.io', repository: 'library/nginx', tag: 'latest' }],
    ['nginx:1.29-alpine', { registry: 'docker.io', repository: 'library/nginx', tag: '1.29-alpine' }],
    ['shop/web', { registry: 'docker.io', repository: 'shop/web', tag: 'latest' }],
    ['docker.io/nginx', { registry: 'docker.io', repository: 'library/nginx', tag: 'latest' }],
    ['index.docker.io/shop/web:1', { registry: 'docker.io', repository: 'shop/web', tag: '1' }],
    ['ghcr.io/shop/web/api:2', { registry: 'ghcr.io', repository: 'shop/web/api', tag: '2' }],
    ['localhost/web', { registry: 'localhost', repository: 'web', tag: 'latest' }],
    ['localhost:5000/web:1', { registry: 'localhost:5000', repository: 'web', tag: '1' }],
    ['registry:5000/web', { registry: 'registry:5000', repository: 'web', tag: 'latest' }],
    ['[::1]:5000/web:1', { registry: '[::1]:5000', repository: 'web', tag: '1' }],
    ['Registry/web', { registry: 'registry', repository: 'web', tag: 'latest' }],
    [`web@${SHA}`, { registry: 'docker.io', repository: 'library/web', digest: SHA }],
    [`ghcr.io/web:2.4.1@${SHA}`, { registry: 'ghcr.io', repository: 'web', tag: '2.4.1', digest: SHA }],
    ['a__b/c-d--e/f.g', { registry: 'docker.io', repository: 'a__b/c-d--e/f.g', tag: 'latest' }],
    [
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:v1',
      { registry: '123456789012.dkr.ecr.eu-central-1.amazonaws.com', repository: 'shop', tag: 'v1' },
    ],
  ])('reads %s', (text, image) => {
    expect(parseImageReference(text)).toEqual(image);
  });

  it.each<[string, string]>([
    ['', 'a part of its name is empty'],
    ['shop/Web', 'repository names are in lower case'],
    ['shop//web', 'a part of its name is empty'],
    ['ghcr.io/', 'a part of its name is empty'],
    ['shop/-web', '"-web" is no part of a repository name'],
    ['a___b', 'no part of a repository name'],
    ['web:', '"" is no tag'],
    ['web:-1', '"-1" is no tag'],
    [`web:${'t'.repeat(129)}`, 'is no tag'],
    ['web@sha256:abc', 'what follows the @ is no digest'],
    [`web@sha256:${'AB'.repeat(32)}`, 'what follows the @ is no digest'],
    [`web@${SHA}@${SHA}`, 'more than one @'],
    ['ab'.repeat(32), 'it is the id of an image'],
    ['https://ghcr.io/web', '"https:" is no registry'],
    ['ghcr.io:port/web', '"ghcr.io:port" is no registry'],
    ['-a.io/web', 'is no registry'],
    ['we b', 'no part of a repository name'],
    ['web\n', 'no part of a repository name'],
    ['../etc', 'is no registry'],
    ['web/../../x', '".." is no part of a repository name'],
    [`shop/${'a'.repeat(250)}`, 'more than 255 characters'],
  ])('refuses %j', (text, why) => {
    expect(() => parseImageReference(text)).toThrow(BadInputError);
    expect(() => parseImageReference(text)).toThrow(why);
  });

  it('reads what it writes as the same', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,6}([._-][a-z0-9]{1,6})?$/);
    const image = fc.record({
      registry: fc.constantFrom('docker.io', 'ghcr.io', 'localhost:5000', 'registry.example.com'),
      repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
      tag: fc.stringMatching(/^\w[\w.-]{0,20}$/),
    });
    const version = fc.constantFrom<Partial<ImageReference>>({}, { digest: SHA });

    fc.assert(
      fc.property(image, version, (generated, more) => {
        expect(parseImageReference(imageText({ ...generated, ...more }))).toEqual({ ...generated, ...more });
      }),
      { numRuns: 100 },
    );
  });
});

describe('isDigest', () => {
  it.each([
    [SHA, true],
    [`sha512:${'0'.repeat(128)}`, true],
    [`sha512:${'0'.repeat(64)}`, false],
    [`blake3+b64:${'0'.repeat(32)}`, true],
    [SHA.slice(0, -1), false],
    ['latest', false],
  ])('%s: %s', (text, yes) => {
    expect(isDigest(text)).toBe(yes);
  });
});
