import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Steps } from '../patch/changes.ts';
import { type ImageVersion, parseImage } from './image-name.ts';
import { imagesPath } from './kustomization-images.ts';

/** Where a document says which version of an image it wants. */
export type ImagePlace = {
  /** To the scalar of a reference, the map of Helm values, or the list of a kustomization. */
  readonly path: Steps;
  /** By which it may be called. */
  readonly names: readonly string[];
  readonly version: ImageVersion;
} & (
  | { readonly form: 'reference'; readonly text: string }
  | { readonly form: 'values'; readonly map: JsonObject }
  | { readonly form: 'kustomization'; readonly images: readonly Json[]; readonly index: number; readonly name: string }
);

/** Every image of a document: `image: name:tag` anywhere, `repository` with `tag` or `digest` beside it, and the images of a kustomization. */
export function imagePlaces(file: string, tree: Json): readonly ImagePlace[] {
  return [...kustomizationPlaces(file, tree), ...placesBelow(tree, [])];
}

function placesBelow(node: Json, path: Steps): readonly ImagePlace[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => placesBelow(item, [...path, index]));
  if (!isJsonObject(node)) return [];
  const own = [...referenceIn(node, path), ...valuesIn(node, path)];
  return [...own, ...Object.entries(node).flatMap(([key, value]) => (value === undefined ? [] : placesBelow(value, [...path, key])))];
}

function referenceIn(map: JsonObject, path: Steps): readonly ImagePlace[] {
  const text = fieldOf(map, 'image');
  const image = typeof text === 'string' ? parseImage(text) : undefined;
  if (!image || typeof text !== 'string') return [];
  const { name, ...version } = image;
  return [{ form: 'reference', path: [...path, 'image'], names: [name], version, text }];
}

function valuesIn(map: JsonObject, path: Steps): readonly ImagePlace[] {
  const repository = textOf(map, 'repository');
  const [tag, digest] = [textOf(map, 'tag'), textOf(map, 'digest')];
  if (!repository || (tag === undefined && digest === undefined)) return [];
  const registry = textOf(map, 'registry');
  const names = registry ? [`${registry}/${repository}`, repository] : [repository];
  // Empty is how values files say that there is none.
  return [{ form: 'values', path, names, version: { ...(tag && { tag }), ...(digest && { digest }) }, map }];
}

function kustomizationPlaces(file: string, tree: Json): readonly ImagePlace[] {
  const path = imagesPath(file, tree);
  const images = path?.reduce<Json | undefined>((node, field) => fieldOf(node, field), tree);
  if (!path || !Array.isArray(images)) return [];
  return images.flatMap((image, index): ImagePlace[] => {
    const [name, newName, tag, digest] = ['name', 'newName', 'newTag', 'digest'].map((field) => textOf(image, field));
    if (name === undefined) return [];
    const names = newName === undefined ? [name] : [newName, name];
    return [{ form: 'kustomization', path, names, version: { ...(tag && { tag }), ...(digest && { digest }) }, images, index, name }];
  });
}

function textOf(map: Json, field: string): string | undefined {
  const value = fieldOf(map, field);
  return typeof value === 'string' ? value : undefined;
}
