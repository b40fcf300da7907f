import { fieldOf, type Json, type JsonObject } from '../json.ts';
import type { Change } from '../patch/changes.ts';
import { changesBetween } from '../patch/changes-between.ts';
import { type ImageVersion, imageText } from './image-name.ts';
import type { ImagePlace } from './image-places.ts';
import { setImages } from './kustomization-images.ts';

/** The changes that give a place another version, or why the place cannot hold it. */
export type ImageChanges = { readonly ok: true; readonly changes: readonly Change[] } | { readonly ok: false; readonly why: string };

export function imageChanges(place: ImagePlace, version: ImageVersion): ImageChanges {
  switch (place.form) {
    case 'reference': {
      const value = imageText({ name: place.names[0] ?? '', ...version });
      return { ok: true, changes: value === place.text ? [] : [{ kind: 'replace', path: place.path, from: place.text, value }] };
    }
    case 'values':
      return valuesChanges(place.path, place.map, version);
    case 'kustomization': {
      const { tag, digest } = version;
      const argument = `${place.name}=*${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
      return { ok: true, changes: changesBetween([...place.images], setImages(place.images, [argument]), { path: place.path }) };
    }
  }
}

/** Values keep their fields: one that the version lacks is emptied, which is how charts say that there is none. */
function valuesChanges(path: ImagePlace['path'], map: JsonObject, version: ImageVersion): ImageChanges {
  const changes: Change[] = [];
  for (const field of ['tag', 'digest'] as const) {
    const from: Json | undefined = fieldOf(map, field);
    const value = version[field] ?? '';
    if (from === undefined && value !== '') return { ok: false, why: `it has no ${field} to hold ${value}` };
    if (from !== undefined && from !== value) changes.push({ kind: 'replace', path: [...path, field], from, value });
  }
  return { ok: true, changes };
}
