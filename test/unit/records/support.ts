import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { recordsTable } from '../../../lib/aws/records/records-table.ts';
import type { RecordsTable } from '../../../lib/records/records-table.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from '../../../sandbox/aws/server.ts';

export const START = Date.parse('2026-11-20T21:00:00.000Z');

export interface RecordsWorld {
  readonly sandbox: AwsSandbox;
  readonly table: RecordsTable;
  /** Epoch ms; set by the test. */
  readonly clock: { ms: number; now(): number };
  close(): Promise<void>;
}

/** A table of records on the sandbox, under a clock that stands still until it is moved. */
export async function recordsWorld(options: AwsSandboxOptions = {}): Promise<RecordsWorld> {
  const sandbox = await startAwsSandbox({ tables: ['nightshift'], ...options });
  const { endpoint, region, credentials } = sandbox;
  // The SDK's own pauses between attempts are of no interest here.
  const client = new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 2, requestHandler: { requestTimeout: 2_000 } });
  const clock = { ms: START, now: () => clock.ms };
  return {
    sandbox,
    table: recordsTable({ client, table: 'nightshift', region, clock }),
    clock,
    close: async () => {
      client.destroy();
      await sandbox.close();
    },
  };
}
