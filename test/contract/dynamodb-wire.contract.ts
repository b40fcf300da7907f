import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';

export interface DynamodbUnderTest {
  readonly client: DynamoDBClient;
  /** Keyed by `pk` and `sk`. */
  readonly table: string;
}

type Item = Record<string, AttributeValue>;

const anItem = (fields: Item = {}): Item => ({ pk: { S: randomUUID() }, sk: { S: 'a' }, ...fields });
const keyOf = ({ pk, sk }: Item): Item => ({ pk: pk!, sk: sk! });

/** What an engine of DynamoDB says to requests that the adapter makes, and to those that it should never make. */
export function dynamodbWireContract(open: () => DynamodbUnderTest): void {
  let client: DynamoDBClient;
  let TableName: string;
  beforeAll(() => {
    ({ client, table: TableName } = open());
  });

  const put = (input: Omit<ConstructorParameters<typeof PutItemCommand>[0], 'TableName'>): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName, ...input }));
  const read = async (item: Item): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName, Key: keyOf(item), ConsistentRead: true }))).Item;
  const nameOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'taken',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );

  describe('conditions', () => {
    const item = (): Item => anItem({ n: { N: '10' }, s: { S: 'abc' }, b: { BOOL: true }, l: { L: [{ N: '1.0' }] } });
    it.each<[string, boolean]>([
      ['#n = :ten', true],
      ['#n = :text', false],
      ['#n <> :text', true],
      ['#none <> :ten', true],
      ['#none = :ten', false],
      ['#n > :two AND #n <= :ten', true],
      ['#n < :two OR #n >= :ten', true],
      ['#s > :text', true],
      ['#s < :ten', false],
      ['NOT #n = :ten', false],
      ['NOT (#n = :two) AND #b = :true', true],
      ['#n = :two AND #n = :two OR #b = :true', true],
      ['#n = :two AND (#n = :two OR #b = :true)', false],
      ['attribute_exists(#n) AND attribute_not_exists(#none)', true],
      ['attribute_not_exists(#n)', false],
      ['begins_with(#s, :ab)', true],
      ['begins_with(#s, :text)', false],
      ['#l = :list', true],
    ])('%s is %s', async (ConditionExpression, holds) => {
      const names = { '#n': 'n', '#s': 's', '#b': 'b', '#l': 'l', '#none': 'none' };
      const values = {
        ':ten': { N: '10.00' },
        ':two': { N: '2' },
        ':text': { S: '10' },
        ':ab': { S: 'ab' },
        ':true': { BOOL: true },
        ':list': { L: [{ N: '1' }] },
      };
      const used = <T>(all: Record<string, T>): Record<string, T> =>
        Object.fromEntries(Object.entries(all).filter(([name]) => ConditionExpression.split(/[ (),]/).includes(name)));
      const Item = item();
      await put({ Item });

      const ExpressionAttributeValues = used<AttributeValue>(values);
      const name = await nameOf(
        put({
          Item,
          ConditionExpression,
          ExpressionAttributeNames: used(names),
          ...(Object.keys(ExpressionAttributeValues).length > 0 && { ExpressionAttributeValues }),
        }),
      );

      expect(name).toBe(holds ? 'taken' : 'ConditionalCheckFailedException');
    });

    it('show what was in the way only to those who ask', async () => {
      const Item = anItem({ n: { N: '1' } });
      await put({ Item });
      const condition = { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };

      const silent = await put({ Item, ...condition }).catch((thrown: unknown) => thrown);
      const told = await put({ Item, ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).catch((thrown: unknown) => thrown);

      expect(silent).toBeInstanceOf(ConditionalCheckFailedException);
      expect(silent).toMatchObject({ Item: undefined });
      expect(told).toMatchObject({ name: 'ConditionalCheckFailedException', Item });
    });
  });

  describe('updates', () => {
    it('set, count, default and remove, all from the item as it was', async () => {
      const Item = anItem({ a: { N: '1' }, b: { S: 'old' }, gone: { S: 'x' } });
      await put({ Item });

      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(Item),
          UpdateExpression: 'SET #a = #a + :one, #b = #a, #c = if_not_exists(#c, :one) REMOVE #gone, #never',
          ExpressionAttributeNames: { '#a': 'a', '#b': 'b', '#c': 'c', '#gone': 'gone', '#never': 'never' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );

      expect(await read(Item)).toEqual({ ...keyOf(Item), a: { N: '2' }, b: { N: '1' }, c: { N: '1' } });
    });

    it('make an item where there is none', async () => {
      const Key = anItem();
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #a = :one',
          ExpressionAttributeNames: { '#a': 'a' },
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );

      expect(await read(Key)).toEqual({ ...Key, a: { N: '1' } });
    });
  });

  it('delete an item only if its condition holds', async () => {
    const Item = anItem({ n: { N: '1' } });
    await put({ Item });
    const deleting = (n: string): Promise<unknown> =>
      client.send(
        new DeleteItemCommand({
          TableName,
          Key: keyOf(Item),
          ConditionExpression: '#n = :n',
          ExpressionAttributeNames: { '#n': 'n' },
          ExpressionAttributeValues: { ':n': { N: n } },
        }),
      );

    expect(await nameOf(deleting('2'))).toBe('ConditionalCheckFailedException');
    expect(await nameOf(deleting('1'))).toBe('taken');
    expect(await read(Item)).toBeUndefined();
  });

  it('page by what was asked for, and go on from a place whose item is gone', async () => {
    const pk = { S: randomUUID() };
    for (const sk of ['a', 'b', 'c', 'd']) await put({ Item: { pk, sk: { S: sk } } });
    const page = async (start?: Item): Promise<readonly [string, Item | undefined]> => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#pk = :pk AND #sk >= :a',
          ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: { ':pk': pk, ':a': { S: 'a' } },
          Limit: 2,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      return [Items.map(({ sk }) => sk?.S).join(''), LastEvaluatedKey];
    };

    const [first, next] = await page();
    await client.send(new DeleteItemCommand({ TableName, Key: next! }));
    const [second, end] = await page(next);
    const [third] = await page(end);

    expect([first, next, second, end, third]).toEqual(['ab', { pk, sk: { S: 'b' } }, 'cd', { pk, sk: { S: 'd' } }, '']);
  });

  describe('refuses', () => {
    const item = anItem();
    const expression = (ConditionExpression: string, more: object = {}): object => ({ Item: item, ConditionExpression, ...more });
    it.each<[string, object]>([
      ['a name that is not defined', expression('attribute_exists(#x)')],
      ['a value that is not defined', expression('#x = :v', { ExpressionAttributeNames: { '#x': 'x' } })],
      ['a name that is not used', expression('attribute_exists(#x)', { ExpressionAttributeNames: { '#x': 'x', '#y': 'y' } })],
      ['a function that it does not know', expression('exists(#x)', { ExpressionAttributeNames: { '#x': 'x' } })],
      ['half an expression', expression('attribute_exists(#x) AND', { ExpressionAttributeNames: { '#x': 'x' } })],
      ['a reserved word', expression('attribute_exists(ttl)')],
      ['an item without its sort key', { Item: { pk: { S: 'a' } } }],
      ['an empty key', { Item: { pk: { S: '' }, sk: { S: 'a' } } }],
      ['a key of another type', { Item: { pk: { N: '1' }, sk: { S: 'a' } } }],
      ['a number that is none', { Item: { ...item, n: { N: 'one' } } }],
      ['a value of two types', { Item: { ...item, n: { N: '1', S: '1' } } }],
      ['an item of more than 400 KB', { Item: { ...item, text: { S: 'x'.repeat(409_600) } } }],
    ])('%s', async (_, input) => {
      expect(await nameOf(put(input as Parameters<typeof put>[0]))).toBe('ValidationException');
    });

    it.each<[string, string, Record<string, string>]>([
      ['a change of the key', 'SET #a = :v', { '#a': 'sk' }],
      ['two changes of one attribute', 'SET #a = :v REMOVE #a', { '#a': 'a' }],
      ['a source that is not there', 'SET #a = #b + :v', { '#a': 'a', '#b': 'b' }],
      ['a clause that it does not know', 'PUT #a = :v', { '#a': 'a' }],
    ])('%s', async (_, UpdateExpression, ExpressionAttributeNames) => {
      const command = new UpdateItemCommand({
        TableName,
        Key: anItem(),
        UpdateExpression,
        ExpressionAttributeNames,
        ExpressionAttributeValues: { ':v': { N: '1' } },
      });

      expect(await nameOf(client.send(command))).toBe('ValidationException');
    });

    it('a key with more than the key', async () => {
      expect(await nameOf(client.send(new GetItemCommand({ TableName, Key: anItem({ n: { N: '1' } }) })))).toBe('ValidationException');
    });

    it('a table that is not there', async () => {
      expect(await nameOf(client.send(new GetItemCommand({ TableName: 'missing', Key: anItem() })))).toBe('ResourceNotFoundException');
    });

    it('a query without its partition', async () => {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: '#sk = :v',
        ExpressionAttributeNames: { '#sk': 'sk' },
        ExpressionAttributeValues: { ':v': { S: 'a' } },
      });

      expect(await nameOf(client.send(query))).toBe('ValidationException');
    });
  });
}
