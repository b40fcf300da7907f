import type { Clock } from '../../platform/clock.ts';
import type { RecordsTable } from '../../records/records-table.ts';
import type { AwsTarget } from '../target.ts';

export interface RecordsPlace extends AwsTarget {
  readonly table: string;
}

/** The table of records at a place. DynamoDB's client is read from the bundle here, and not at the start of a function that may never need it. */
export async function openRecords({ table, ...target }: RecordsPlace, clock?: Pick<Clock, 'now'>): Promise<RecordsTable> {
  const [{ dynamodbClient }, { recordsTable }] = await Promise.all([import('../dynamodb-client.ts'), import('./records-table.ts')]);
  return recordsTable({ client: dynamodbClient(target), table, region: target.region, ...(clock && { clock }) });
}
