import { fieldOf, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { goText } from './go-text.ts';
import { BadPatchError } from './patch-error.ts';

/** An item of a list that merges by `key`. @throws BadPatchError when it is no map, or has no such field */
export function keyedItem(item: Json, key: string): JsonObject {
  if (!isJsonObject(item)) throw new BadPatchError(`${goText(item)} is no map: the items of that list are maps with a ${key}`);
  if (fieldOf(item, key) !== undefined) return item;
  throw new BadPatchError(`map: ${goText(item)} does not contain declared merge key: ${key}`, {
    hint: `items of that list are told apart by ${key}; the patch and the document give it for each`,
  });
}

/** What tells an item from others: itself, where there is no merge key. */
export function identityOf(item: Json, key: string): Json | undefined {
  return key === '' ? item : fieldOf(item, key);
}

/** Position of the item with the same identity, or -1. */
export function positionOf(list: readonly Json[], item: Json, key: string): number {
  const identity = identityOf(item, key);
  return list.findIndex((other) => identityOf(other, key) === identity);
}
