import { checkItem, type Item, invalid, sizeOf } from './attribute-value.ts';

/** The only key schema of this endpoint: two texts. */
export const KEY_NAMES = ['pk', 'sk'] as const;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const LARGEST_ITEM = 400 * 1024;
const longest = { pk: 2048, sk: 1024 } as const;

/** Items by partition, then by sort key. */
export class Table {
  readonly #partitions = new Map<string, Map<string, Item>>();

  get({ pk, sk }: Key): Item | undefined {
    return this.#partitions.get(pk)?.get(sk);
  }

  /** @throws AwsFault for an item that is too large */
  put(item: Item): void {
    if (sizeOf(item) > LARGEST_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
    const { pk, sk } = keyOf(item);
    const partition = this.#partitions.get(pk) ?? new Map<string, Item>();
    partition.set(sk, item);
    this.#partitions.set(pk, partition);
  }

  delete({ pk, sk }: Key): void {
    this.#partitions.get(pk)?.delete(sk);
  }

  /** Of one partition, by their sort keys' bytes. */
  partition(pk: string): readonly Item[] {
    const entries = [...(this.#partitions.get(pk) ?? [])];
    return entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(([, item]) => item);
  }

  /** Everything, for those who look in without a request. */
  items(): readonly Item[] {
    return [...this.#partitions.keys()].sort().flatMap((pk) => this.partition(pk));
  }
}

/** The key of an item. @throws AwsFault where it is missing, empty, too long or no text */
export function keyOf(item: Item): Key {
  return { pk: keyPart(item, 'pk'), sk: keyPart(item, 'sk') };
}

/** A `Key` parameter: the key and nothing else. @throws AwsFault */
export function readKey(value: unknown): Key {
  const item = checkItem(value);
  if (Object.keys(item).length !== KEY_NAMES.length) throw invalid('The provided key element does not match the schema');
  return keyOf(item);
}

function keyPart(item: Item, name: 'pk' | 'sk'): string {
  const value = item[name];
  if (value === undefined) throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
  if (value.S === undefined) throw invalid(`One or more parameter values were invalid: Type mismatch for key ${name} expected: S`);
  if (value.S === '')
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  if (Buffer.byteLength(value.S) > longest[name])
    throw invalid(
      `One or more parameter values were invalid: Size of ${name} has exceeded the maximum size limit of ${longest[name]} bytes`,
    );
  return value.S;
}
