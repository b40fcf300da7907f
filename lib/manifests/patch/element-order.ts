import { isJsonObject, type Json } from '../json.ts';
import { PATCH } from './directives.ts';
import { goText } from './go-text.ts';
import { identityOf, keyedItem, positionOf } from './merge-key.ts';
import { BadPatchError } from './patch-error.ts';

/** Where the items of a merged list come from. */
interface Order {
  /** Items, or just their keys, whose order counts first. */
  readonly named: readonly Json[];
  /** The list before the patch: the order of all that is not named. */
  readonly others: readonly Json[];
  /** Merge key; '' in a list of scalars. */
  readonly key: string;
}

/**
 * The items in the order that the patch names, the others between them: each before the first named item that it preceded.
 * @throws BadPatchError for an item without its merge key
 */
export function inOrder(list: readonly Json[], { named, others, key }: Order): Json[] {
  if (key !== '') for (const item of [...list, ...named, ...others]) keyedItem(item, key);
  const isNamed = (item: Json): boolean => positionOf(named, item, key) >= 0;
  const first = sortedBy(list.filter(isNamed), named, key);
  const rest = sortedBy(
    list.filter((item) => !isNamed(item)),
    others,
    key,
  );
  return interleaved(rest, first, others, key);
}

function sortedBy(list: readonly Json[], order: readonly Json[], key: string): Json[] {
  return [...list].sort((a, b) => positionOf(order, a, key) - positionOf(order, b, key));
}

function interleaved(rest: readonly Json[], named: readonly Json[], before: readonly Json[], key: string): Json[] {
  const result: Json[] = [];
  let next = 0;
  for (const item of named) {
    const place = positionOf(before, item, key);
    for (let other = rest[next]; other !== undefined; other = rest[next]) {
      const position = positionOf(before, other, key);
      if (position < 0 || position >= place) break;
      result.push(other);
      next += 1;
    }
    result.push(item);
  }
  return [...result, ...rest.slice(next)];
}

/** `$setElementOrder` names every item that the patch sets, in the same order. @throws BadPatchError */
export function assertSubsequence(patch: readonly Json[], order: readonly Json[], key: string): void {
  const items = patch.filter((item) => !(isJsonObject(item) && Object.hasOwn(item, PATCH)));
  if (key !== '') for (const item of [...items, ...order]) keyedItem(item, key);
  if (order.length === 0) return;
  let next = 0;
  for (const named of order) if (next < items.length && identityOf(items[next] ?? null, key) === identityOf(named, key)) next += 1;
  if (next < items.length) {
    throw new BadPatchError(`the order in the patch list ${goText([...patch])} does not match $setElementOrder ${goText([...order])}`, {
      hint: '$setElementOrder names every item of the list, those of the patch in the order of the patch',
    });
  }
}
