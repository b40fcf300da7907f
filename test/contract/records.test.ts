import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe } from 'vitest';
import { recordsTable } from '../../lib/aws/records/records-table.ts';
import { type AwsSandbox, startAwsSandbox } from '../../sandbox/aws/server.ts';
import { dynamodbWireContract } from './dynamodb-wire.contract.ts';
import { recordsTableContract } from './records.contract.ts';

describe('table of records on the sandbox', () => {
  let sandbox: AwsSandbox;
  let client: DynamoDBClient;
  beforeAll(async () => {
    // Small pages, so that every list of the contract has to follow them.
    sandbox = await startAwsSandbox({ tables: ['nightshift'], queryPageSize: 2 });
    const { endpoint, region, credentials } = sandbox;
    client = new DynamoDBClient({ endpoint, region, credentials });
  });
  afterAll(async () => {
    client.destroy();
    await sandbox.close();
  });

  recordsTableContract({
    open: (now) => recordsTable({ client, table: 'nightshift', region: sandbox.region, clock: { now } }),
  });
});

describe('DynamoDB on the sandbox', () => {
  let sandbox: AwsSandbox;
  let client: DynamoDBClient;
  beforeAll(async () => {
    sandbox = await startAwsSandbox({ tables: ['wire'] });
    const { endpoint, region, credentials } = sandbox;
    client = new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 1 });
  });
  afterAll(async () => {
    client.destroy();
    await sandbox.close();
  });

  dynamodbWireContract(() => ({ client, table: 'wire' }));
});
