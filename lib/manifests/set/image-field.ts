import type { Segment } from './path.ts';

const FILE = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/;
const KIND = /^kind:[ \t]+["']?(?:Kustomization|Component)\b/m;
const FIELDS: ReadonlySet<string> = new Set(['name', 'newName', 'newTag', 'digest']);

/** Is it a kustomization, a component of one, or Flux's own? */
export function isKustomization(file: string, text: string): boolean {
  return FILE.test(file) || KIND.test(text);
}

/** Does the path lead to a field of a kustomization's images? All of them are texts: kustomize refuses the file for a tag such as 1.20. */
export function isImageField(segments: readonly Segment[]): boolean {
  const [images, index, field, more] = (segments[0]?.text === 'spec' ? segments.slice(1) : segments).map(({ text }) => text);
  return images === 'images' && index !== undefined && /^\d+$|^-1?$/.test(index) && FIELDS.has(field ?? '') && more === undefined;
}
