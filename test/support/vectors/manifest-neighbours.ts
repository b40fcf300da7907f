import type { ManifestVector } from './manifests.ts';

export const NEIGHBOURS: readonly ManifestVector[] = [{ id: 'x', input: 'a: 1\n', set: ['a=2'], typed: true, expected: 'a: 2\n' }];
