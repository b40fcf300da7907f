import { inspect } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { recordsTable } from '../../../../lib/aws/records/records-table.ts';
import { RecordsError } from '../../../../lib/records/records-error.ts';
import type { PolicyDocument } from '../../../../sandbox/aws/iam/policy-document.ts';
import { type RecordsWorld, recordsWorld } from '../../records/support.ts';

let world: RecordsWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const item = { pk: 'app#shop', sk: 'release#1', v: 1, at: '2026-11-20T21:00:00Z' };
const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/nightshift';
const allow = (...Action: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource: TABLE },
});

describe('recordsTable', () => {
  it.each(['before', 'after'] as const)('writes once when the connection is cut %s the work', async (when) => {
    world = await recordsWorld();
    world.sandbox.faults.add({ service: 'dynamodb', operation: 'PutItem', effect: { kind: 'drop', when } });

    expect(await world.table.put(item, { expect: { kind: 'absent' } })).toEqual({ written: true });
    expect(world.sandbox.itemsIn('nightshift')).toHaveLength(1);
    expect(world.sandbox.requests.map(({ status }) => status)).toEqual([0, when === 'before' ? 200 : 400]);
  });

  it('does not show the mark that it knows its writes by', async () => {
    world = await recordsWorld();
    await world.table.put(item);

    expect(world.sandbox.itemsIn('nightshift')?.[0]).toHaveProperty('writeId');
    expect(await world.table.get(item)).toEqual(item);
  });

  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'InternalServerError'])('goes on after %s', async (code) => {
    world = await recordsWorld();
    world.sandbox.faults.add({ service: 'dynamodb', effect: { kind: 'error', code } });

    expect(await world.table.get(item)).toBeUndefined();
    expect(world.sandbox.requests).toHaveLength(2);
  });

  it('ends with an error worth retrying when throttled for long', async () => {
    world = await recordsWorld();
    world.sandbox.faults.add({ service: 'dynamodb', times: 9, effect: { kind: 'error', code: 'ThrottlingException' } });

    const error = await world.table.put(item).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(RecordsError);
    expect(error).toMatchObject({
      retryable: true,
      message: 'writing record app#shop / release#1 in dynamodb://eu-central-1/nightshift failed: ThrottlingException',
    });
  });

  it('names the permission that is missing', async () => {
    world = await recordsWorld({ policies: [allow('dynamodb:GetItem')] });

    expect(await world.table.get(item)).toBeUndefined();
    const error = await world.table.put(item).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ retryable: false, permission: 'dynamodb:PutItem', hint: expect.stringContaining('dynamodb:PutItem') });
    expect(world.sandbox.requests.at(-1)?.authorised).toEqual([
      expect.objectContaining({ action: 'dynamodb:PutItem', resource: TABLE, allowed: false }),
    ]);
  });

  it('needs what it says and no more', async () => {
    world = await recordsWorld({ policies: [allow('dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query')] });

    await world.table.put(item, { expect: { kind: 'absent' } });
    await world.table.put(item, { expect: { kind: 'absent' } });
    await world.table.update({ key: item, set: { done: true }, expect: { kind: 'fields', equal: { v: 1 } } });
    await world.table.query({ pk: 'app#shop', prefix: 'release#', order: 'oldest-first' });
    await world.table.get(item);

    expect(new Set(world.sandbox.requests.map(({ operation }) => operation))).toEqual(
      new Set(['PutItem', 'UpdateItem', 'Query', 'GetItem']),
    );
  });

  it('can be held to the partitions that a policy names', async () => {
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['journal#post-deploy-smoke#*'] } };
    const policy: PolicyDocument = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'dynamodb:*', Resource: TABLE, Condition: condition },
    };
    world = await recordsWorld({ policies: [policy] });
    const step = { ...item, pk: 'journal#post-deploy-smoke#1' };

    expect(await world.table.put(step)).toEqual({ written: true });
    await expect(world.table.put(item)).rejects.toMatchObject({ permission: 'dynamodb:PutItem' });
    await expect(world.table.query({ pk: item.pk, prefix: 'r', order: 'oldest-first' })).rejects.toMatchObject({
      permission: 'dynamodb:Query',
    });
  });

  it('says that the table is not there', async () => {
    world = await recordsWorld({ tables: [] });

    await expect(world.table.get(item)).rejects.toMatchObject({
      retryable: false,
      hint: 'create the table nightshift in eu-central-1, or name the right one in the configuration',
    });
  });

  it('says that a record is too large, and shows nothing of it', async () => {
    world = await recordsWorld();

    const error = await world.table.put({ ...item, text: 'planted'.repeat(100_000) }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ retryable: false, hint: expect.stringContaining('400 KB') });
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it('gives up in the middle of a wait, with the reason of the signal', async () => {
    world = await recordsWorld();
    world.sandbox.faults.add({ service: 'dynamodb', effect: { kind: 'delay', ms: 1_500 } });
    const stop = new AbortController();
    const writing = world.table.put(item, { signal: stop.signal });

    stop.abort(new Error('out of time'));

    await expect(writing).rejects.toThrow('out of time');
  });

  it('fails when nobody answers', async () => {
    const client = new DynamoDBClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });

    const table = recordsTable({ client, table: 'nightshift', region: 'eu-central-1' });

    await expect(table.get(item)).rejects.toMatchObject({
      code: 'records',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
