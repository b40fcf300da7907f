import { clone, fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type ImageArgument, parseImageArgument, type Wanted } from './image-argument.ts';

const FIELDS = ['newName', 'newTag', 'digest'] as const;

/**
 * The `images` of a kustomization with the arguments applied, as `kustomize edit set image` does, but that order and other fields stay.
 * An image that is not listed yet is added at the end, unless nothing is asked of it. The list is not changed.
 * @throws BadInputError for an argument that cannot be read
 */
export function setImages(images: readonly Json[], texts: readonly string[]): Json[] {
  return texts.map(parseImageArgument).reduce<Json[]>(setImage, clone([...images]));
}

function setImage(images: Json[], argument: ImageArgument): Json[] {
  const named = images.filter((image): image is JsonObject => isJsonObject(image) && fieldOf(image, 'name') === argument.name);
  for (const image of named) change(image, argument);
  if (named.length > 0) return images;
  const added: JsonObject = { name: argument.name };
  change(added, argument);
  return Object.keys(added).length > 1 ? [...images, added] : images;
}

function change(image: JsonObject, argument: ImageArgument): void {
  for (const field of FIELDS) {
    const wanted: Wanted = argument[field];
    if (wanted === 'none') delete image[field];
    else if (wanted !== 'keep') image[field] = wanted.to;
  }
}

const FLUX = 'kustomize.toolkit.fluxcd.io/';

/** Where a kustomization, a component of one, or Flux's own Kustomization has its images; undefined for another document. */
export function imagesPath(file: string, value: Json): readonly string[] | undefined {
  const kind = fieldOf(value, 'kind');
  if (kind === 'Kustomization' && String(fieldOf(value, 'apiVersion')).startsWith(FLUX)) return ['spec', 'images'];
  const named = kind === undefined && /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file);
  return named || kind === 'Kustomization' || kind === 'Component' ? ['images'] : undefined;
}
