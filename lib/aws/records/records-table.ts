import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { keyText } from '../../records/record-key.ts';
import type { PutOptions, RecordItem, RecordKey, RecordQuery, RecordsTable, RecordUpdate, Written } from '../../records/records-table.ts';
import { conditionOf, keyConditionOf, updateOf } from './expression.ts';
import { calling, type RecordsCall } from './records-call.ts';

/** Attribute that marks which write made an item what it is, so that a repeated write can tell its own success from someone else's. */
const WRITE_ID = 'writeId';

export interface RecordsTableOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly region: string;
  readonly clock?: Pick<Clock, 'now'>;
}

type StoredItem = Record<string, AttributeValue>;

class DynamodbRecords implements RecordsTable {
  readonly location: string;
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #region: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor({ client, table, region, clock = systemClock }: RecordsTableOptions) {
    this.#client = client;
    this.#table = table;
    this.#region = region;
    this.#clock = clock;
    this.location = `dynamodb://${region}/${table}`;
  }

  async get({ pk, sk }: RecordKey, signal?: AbortSignal): Promise<RecordItem | undefined> {
    const command = new GetItemCommand({ TableName: this.#table, Key: marshall({ pk, sk }), ConsistentRead: true });
    const { Item } = await calling(this.#call('dynamodb:GetItem', keyText({ pk, sk })), signal, (abortSignal) =>
      this.#client.send(command, { abortSignal }),
    );
    return this.#live(Item);
  }

  put(item: RecordItem, { expect, signal }: PutOptions = {}): Promise<Written> {
    const writeId = randomUUID();
    const condition = expect && conditionOf(expect, this.#clock.now());
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: marshall({ ...item, [WRITE_ID]: writeId }),
      ...(condition && {
        ConditionExpression: condition.text,
        ExpressionAttributeNames: condition.names,
        ExpressionAttributeValues: condition.values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    });
    return this.#write(this.#call('dynamodb:PutItem', keyText(item)), { writeId, key: item, signal }, (abortSignal) =>
      this.#client.send(command, { abortSignal }),
    );
  }

  update({ key, set, expect, signal }: RecordUpdate): Promise<Written> {
    const writeId = randomUUID();
    const { text, condition, names, values } = updateOf({ ...set, [WRITE_ID]: writeId }, expect, this.#clock.now());
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: marshall({ pk: key.pk, sk: key.sk }),
      UpdateExpression: text,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    return this.#write(this.#call('dynamodb:UpdateItem', keyText(key)), { writeId, key, signal }, (abortSignal) =>
      this.#client.send(command, { abortSignal }),
    );
  }

  async query({ pk, prefix, order, limit = Number.POSITIVE_INFINITY, signal }: RecordQuery): Promise<readonly RecordItem[]> {
    const { text, names, values } = keyConditionOf(pk, prefix);
    const found: RecordItem[] = [];
    let from: StoredItem | undefined;
    do {
      const left = limit - found.length;
      const command = new QueryCommand({
        TableName: this.#table,
        KeyConditionExpression: text,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ScanIndexForward: order === 'oldest-first',
        ConsistentRead: true,
        ...(Number.isFinite(left) && { Limit: left }),
        ...(from && { ExclusiveStartKey: from }),
      });
      const page = await calling(this.#call('dynamodb:Query', `${pk} / ${prefix}…`), signal, (abortSignal) =>
        this.#client.send(command, { abortSignal }),
      );
      for (const each of page.Items ?? []) found.push(...[this.#live(each)].filter((item) => item !== undefined));
      from = page.LastEvaluatedKey;
    } while (from && found.length < limit);
    return found;
  }

  async #write(
    call: RecordsCall,
    { writeId, key, signal }: { readonly writeId: string; readonly key: RecordKey; readonly signal: AbortSignal | undefined },
    send: (abortSignal: AbortSignal) => Promise<unknown>,
  ): Promise<Written> {
    const refused = await calling(call, signal, (abortSignal) => send(abortSignal).then(() => undefined, refusal));
    if (!refused || refused.item?.[WRITE_ID]?.S === writeId) return { written: true };
    // An engine that does not say what was in the way is asked.
    return { written: false, found: refused.item ? this.#live(refused.item) : await this.get(key, signal) };
  }

  /** An item as a record; nothing when its time is over, though DynamoDB takes days to remove it. */
  #live(item: StoredItem | undefined): RecordItem | undefined {
    if (!item) return undefined;
    const { [WRITE_ID]: _, ...record } = unmarshall(item) as RecordItem;
    const { ttl } = record;
    return typeof ttl === 'number' && ttl <= Math.floor(this.#clock.now() / 1000) ? undefined : (record as RecordItem);
  }

  #call(permission: RecordsCall['permission'], record: string): RecordsCall {
    return { permission, record, table: this.#table, region: this.#region, location: this.location };
  }
}

/** The answer that the condition did not hold, and what was in the way; any other error is thrown on. */
function refusal(error: unknown): { readonly item: StoredItem | undefined } {
  if (error instanceof ConditionalCheckFailedException) return { item: error.Item };
  throw error;
}

/**
 * The table of records in DynamoDB, with strong reads and conditional writes of single items. A write whose answer was lost is repeated by the SDK and
 * then fails its own condition: a mark in the item tells that case from somebody else's write.
 * Needs dynamodb:GetItem, PutItem, UpdateItem and Query on the table, each only for the methods that are used.
 */
export function recordsTable(options: RecordsTableOptions): RecordsTable {
  return new DynamodbRecords(options);
}
