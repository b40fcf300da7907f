import { AwsFault } from '../fault.ts';
import type { JsonObject } from '../json-front.ts';
import { checkItem, compareValues, type Item, invalid } from './attribute-value.ts';
import { readCondition } from './condition.ts';
import { readKeyCondition } from './key-condition.ts';
import { Placeholders } from './placeholders.ts';
import { KEY_NAMES, type Key, keyOf, readKey, type Table } from './table.ts';
import { readUpdate } from './update.ts';

export interface TableOperation {
  /** Parameters that are known, beside TableName. What is not listed is refused, and not ignored. */
  readonly parameters: readonly string[];
  /** The partition key that is asked for, which IAM calls the leading key. @throws AwsFault */
  readonly leadingKey: (input: JsonObject) => string;
  /** @param page items that a query may look at */
  readonly apply: (table: Table, input: JsonObject, page: number) => JsonObject;
}

const expressions = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];
const conditional = ['ConditionExpression', 'ReturnValuesOnConditionCheckFailure', ...expressions];

/** @throws AwsFault unless the condition of the request holds for the item that is there */
function assertCondition(input: JsonObject, current: Item | undefined, placeholders: Placeholders): void {
  const condition = input.ConditionExpression === undefined ? undefined : readCondition(input.ConditionExpression, placeholders);
  placeholders.assertAllUsed();
  if (!condition || condition(current ?? {})) return;
  const told = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && current;
  throw new AwsFault(400, 'ConditionalCheckFailedException', 'The conditional request failed', {
    ...(told && { fields: { Item: JSON.stringify(current) } }),
  });
}

const keyIn = (input: JsonObject): Key => readKey(input.Key);

const getItem: TableOperation = {
  parameters: ['Key', 'ConsistentRead'],
  leadingKey: (input) => keyIn(input).pk,
  apply(table, input) {
    const item = table.get(keyIn(input));
    return item ? { Item: item } : {};
  },
};

const putItem: TableOperation = {
  parameters: ['Item', ...conditional],
  leadingKey: ({ Item: item }) => keyOf(checkItem(item)).pk,
  apply(table, input) {
    const item = checkItem(input.Item);
    assertCondition(input, table.get(keyOf(item)), new Placeholders(input));
    table.put(item);
    return {};
  },
};

const updateItem: TableOperation = {
  parameters: ['Key', 'UpdateExpression', ...conditional],
  leadingKey: (input) => keyIn(input).pk,
  apply(table, input) {
    const key = keyIn(input);
    const placeholders = new Placeholders(input);
    const update = readUpdate(input.UpdateExpression, placeholders, KEY_NAMES);
    const current = table.get(key);
    assertCondition(input, current, placeholders);
    table.put(update(current ?? { pk: { S: key.pk }, sk: { S: key.sk } }));
    return {};
  },
};

const deleteItem: TableOperation = {
  parameters: ['Key', ...conditional],
  leadingKey: (input) => keyIn(input).pk,
  apply(table, input) {
    const key = keyIn(input);
    assertCondition(input, table.get(key), new Placeholders(input));
    table.delete(key);
    return {};
  },
};

const query: TableOperation = {
  parameters: ['KeyConditionExpression', 'ScanIndexForward', 'ConsistentRead', 'Limit', 'ExclusiveStartKey', ...expressions],
  leadingKey: (input) => readKeyCondition(input.KeyConditionExpression, new Placeholders(input)).pk,
  apply(table, input, page) {
    const placeholders = new Placeholders(input);
    const { pk, matches } = readKeyCondition(input.KeyConditionExpression, placeholders);
    placeholders.assertAllUsed();
    const limit = limitOf(input.Limit, page);
    const all = table.partition(pk).filter(matches);
    const newestFirst = input.ScanIndexForward === false;
    const ordered = newestFirst ? [...all].reverse() : all;
    const rest = input.ExclusiveStartKey === undefined ? ordered : after(ordered, readKey(input.ExclusiveStartKey), newestFirst);
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    // As many as were asked for: DynamoDB has not looked whether there are more.
    const more = last && items.length === limit ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {};
    return { Items: items, Count: items.length, ScannedCount: items.length, ...more };
  },
};

function limitOf(limit: unknown, page: number): number {
  if (limit === undefined) return page;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1) throw invalid('Limit must be greater than or equal to 1');
  return Math.min(limit, page);
}

/** What comes behind a place, whether an item is still there or not. */
function after(ordered: readonly Item[], { sk }: Key, newestFirst: boolean): readonly Item[] {
  const start = { S: sk };
  return ordered.filter((item) => {
    const order = (item.sk && compareValues(item.sk, start)) ?? 0;
    return newestFirst ? order < 0 : order > 0;
  });
}

export const operations: Readonly<Record<string, TableOperation>> = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
};
