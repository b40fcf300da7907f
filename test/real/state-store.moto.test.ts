import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe } from 'vitest';
import { s3StateStore } from '../../lib/aws/s3-state-store.ts';
import { stateStoreContract } from '../contract/state-store.contract.ts';
import { motoEndpoint } from '../support/aws/moto-endpoint.ts';

const endpoint = motoEndpoint();

describe.runIf(endpoint)('state store on S3, against moto', () => {
  const bucket = `nightshift-state-${randomUUID()}`;
  const client = new S3Client({
    endpoint: endpoint ?? '',
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  const prefixes = new Map<string, string>();

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(() => client.destroy());

  stateStoreContract({
    open: async () => {
      const prefix = randomUUID();
      const store = s3StateStore({ client, bucket, prefix });
      prefixes.set(store.location, prefix);
      return store;
    },
    reopen: async (store) => s3StateStore({ client, bucket, prefix: prefixes.get(store.location) ?? '' }),
  });
});
