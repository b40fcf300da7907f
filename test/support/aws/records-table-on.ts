import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { recordsTable } from '../../../lib/aws/records/records-table.ts';
import type { RecordsTable } from '../../../lib/records/records-table.ts';

const region = 'eu-west-1';

export interface RecordsTableOn {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly open: (now: () => number) => RecordsTable;
  close(): void;
}

/** A new table of its own at an emulator of DynamoDB, keyed as the deployed one is. */
export async function recordsTableOn(endpoint: string): Promise<RecordsTableOn> {
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });
  const table = `nightshift-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.1, maxDelay: 0.5 }, { TableName: table });
  return { client, table, open: (now) => recordsTable({ client, table, region, clock: { now } }), close: () => client.destroy() };
}
