import { describe, expect, it } from 'vitest';
import { holdsImage, templateImages } from '../../../../lib/rollout/live/template-image.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

describe('whether a template names an image', () => {
  it.each([
    ['example.org/web:2', 'example.org/web:2', true],
    ['example.org/web:2', 'example.org/web:3', false],
    ['example.org/web:2', 'example.org/api:2', false],
    [`example.org/web:2@${DIGEST}`, 'example.org/web:2', true],
    [`example.org/web:2@${DIGEST}`, `example.org/web@${DIGEST}`, true],
    [`example.org/web@${DIGEST}`, `example.org/web:2@${DIGEST}`, true],
    [`example.org/web@${DIGEST}`, `example.org/web@${OTHER}`, false],
    [`example.org/web@${DIGEST}`, DIGEST, true],
    [`example.org/web@${DIGEST}`, OTHER, false],
    [`example.org/web@${DIGEST}`, 'example.org/web:2', false],
    ['example.org/web:2', `example.org/web@${DIGEST}`, false],
    ['registry.example.org:5000/web', 'registry.example.org:5000/web:latest', true],
    ['nginx:1', 'docker.io/library/nginx:1', true],
    ['docker.io/nginx:1', 'nginx:1', true],
    ['index.docker.io/shop/web:1', 'shop/web:1', true],
    ['localhost/web:1', 'docker.io/localhost/web:1', false],
    ['nginx', 'nginx:latest', true],
  ])('%s for %s: %s', (image, wanted, held) => {
    expect(holdsImage([image], wanted)).toBe(held);
  });

  it('is asked of every container, init containers included', () => {
    const spec = { initContainers: [{ image: 'a' }], containers: [{ image: 'b' }, { name: 'none' }] };

    expect(templateImages({ spec: { template: { spec } } })).toEqual(['a', 'b']);
    expect(templateImages({ spec: { workloadRef: {} } })).toEqual([]);
  });
});
