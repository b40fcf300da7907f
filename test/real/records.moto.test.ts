import { afterAll, beforeAll, describe } from 'vitest';
import type { RecordsTable } from '../../lib/records/records-table.ts';
import { recordsTableContract } from '../contract/records.contract.ts';
import { motoEndpoint } from '../support/aws/moto-endpoint.ts';
import { type RecordsTableOn, recordsTableOn } from '../support/aws/records-table-on.ts';

const endpoint = motoEndpoint();

describe.runIf(endpoint)('table of records against moto', () => {
  let table: RecordsTableOn | undefined;
  beforeAll(async () => {
    table = await recordsTableOn(endpoint ?? '');
  });
  afterAll(() => table?.close());

  recordsTableContract({ open: (now): RecordsTable => table!.open(now) });
});
