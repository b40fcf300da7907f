import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe } from 'vitest';
import { s3StateStore } from '../../lib/aws/s3-state-store.ts';
import { directoryStateStore } from '../../lib/platform/directory-state-store.ts';
import { type AwsSandbox, startAwsSandbox } from '../../sandbox/aws/server.ts';
import { stateStoreContract } from './state-store.contract.ts';

describe('state store in a directory', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-state-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  stateStoreContract({
    open: async () => directoryStateStore(await mkdtemp(join(folder, 'store-'))),
    reopen: async (store) => directoryStateStore(store.location),
  });
});

describe('state store on S3', () => {
  let sandbox: AwsSandbox;
  let client: S3Client;
  const prefixes = new Map<string, string>();
  beforeAll(async () => {
    // Small pages, so that every list of the contract has to follow them.
    sandbox = await startAwsSandbox({ buckets: ['state'], listPageSize: 2 });
    client = new S3Client({ endpoint: sandbox.endpoint, region: sandbox.region, credentials: sandbox.credentials, forcePathStyle: true });
  });
  afterAll(async () => {
    client.destroy();
    await sandbox.close();
  });

  stateStoreContract({
    open: async () => {
      const prefix = randomUUID();
      const store = s3StateStore({ client, bucket: 'state', prefix });
      prefixes.set(store.location, prefix);
      return store;
    },
    reopen: async (store) => s3StateStore({ client, bucket: 'state', prefix: prefixes.get(store.location) ?? '' }),
  });
});
