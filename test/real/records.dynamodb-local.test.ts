import { afterAll, beforeAll, describe } from 'vitest';
import type { RecordsTable } from '../../lib/records/records-table.ts';
import { dynamodbWireContract } from '../contract/dynamodb-wire.contract.ts';
import { recordsTableContract } from '../contract/records.contract.ts';
import { dynamodbLocalEndpoint } from '../support/aws/dynamodb-local-endpoint.ts';
import { type RecordsTableOn, recordsTableOn } from '../support/aws/records-table-on.ts';

const endpoint = dynamodbLocalEndpoint();

describe.runIf(endpoint)("table of records on AWS's own engine", () => {
  let table: RecordsTableOn | undefined;
  beforeAll(async () => {
    table = await recordsTableOn(endpoint ?? '');
  });
  afterAll(() => table?.close());

  recordsTableContract({ open: (now): RecordsTable => table!.open(now) });
  dynamodbWireContract(() => table!);
});
