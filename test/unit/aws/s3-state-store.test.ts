import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientConfig } from '../../../lib/aws/client-config.ts';
import { s3StateStore } from '../../../lib/aws/s3-state-store.ts';
import type { Clock } from '../../../lib/platform/clock.ts';
import { StateStoreError } from '../../../lib/platform/state-store-error.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';

const noWait: Clock = { now: () => Date.now(), sleep: async () => {} };

let sandbox: AwsSandbox;
const clients: S3Client[] = [];

beforeEach(async () => {
  sandbox = await startAwsSandbox({ buckets: ['state', { name: 'elsewhere', region: 'us-west-2' }] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await sandbox.close();
});

function clientTo(endpoint: string, credentials = sandbox.credentials, requestTimeoutMs = 2000): S3Client {
  const config = clientConfig({ region: sandbox.region }, { requestTimeoutMs, connectionTimeoutMs: 500, maxAttempts: 2 });
  const client = new S3Client({ ...config, endpoint, credentials, forcePathStyle: true });
  clients.push(client);
  return client;
}

const storeOn = (bucket: string, client = clientTo(sandbox.endpoint)) =>
  s3StateStore({ client, bucket, prefix: '/nightshift/', clock: noWait });

const operations = (): string[] => sandbox.requests.map(({ operation, status }) => `${operation} ${status}`);

async function errorOf(work: Promise<unknown>): Promise<StateStoreError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StateStoreError);
  return error as StateStoreError;
}

describe('a write whose answer is lost', () => {
  it('counts as created when the repeated put meets its own object', async () => {
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'after' } });

    expect(await storeOn('state').putIfAbsent('runs/r1/plan.json', '{"v":1}')).toBe('created');

    expect(operations()).toEqual(['PutObject 0', 'PutObject 412', 'GetObject 200']);
  });

  it('counts as replaced when the repeated put meets its own version', async () => {
    const store = storeOn('state');
    await store.putIfAbsent('plan.json', 'one');
    const { etag } = (await store.get('plan.json'))!;
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'after' } });

    expect(await store.replace('plan.json', 'two', etag)).toBe('replaced');

    expect((await store.get('plan.json'))?.body).toBe('two');
  });

  it('does not claim the document of another writer, even with the same content', async () => {
    await storeOn('state').putIfAbsent('plan.json', 'same');
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'before' } });

    expect(await storeOn('state').putIfAbsent('plan.json', 'same')).toBe('exists');
  });

  it('is made once when the first try never arrived', async () => {
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'before' } });

    expect(await storeOn('state').putIfAbsent('plan.json', 'x')).toBe('created');

    expect(operations()).toEqual(['PutObject 0', 'PutObject 200']);
  });

  it('counts as created when a conflict with itself came in between', async () => {
    const store = storeOn('state');
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'after' } });
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'error', code: 'ConditionalRequestConflict' } });

    expect(await store.putIfAbsent('plan.json', 'x')).toBe('created');
  });
});

describe('a conflict with another conditional write', () => {
  it('is tried again', async () => {
    const effect = { kind: 'error', code: 'ConditionalRequestConflict' } as const;
    sandbox.faults.add({ service: 's3', operation: 'PutObject', times: 3, effect });

    expect(await storeOn('state').putIfAbsent('plan.json', 'x')).toBe('created');

    expect(operations()).toEqual(['PutObject 409', 'PutObject 409', 'PutObject 409', 'PutObject 200']);
  });

  it('ends in an error when it does not end', async () => {
    const effect = { kind: 'error', code: 'ConditionalRequestConflict' } as const;
    sandbox.faults.add({ service: 's3', operation: 'PutObject', times: 100, effect });

    const error = await errorOf(storeOn('state').putIfAbsent('plan.json', 'x'));

    expect(error.message).toBe('write state plan.json in s3://state/nightshift failed: ConditionalRequestConflict');
    expect(sandbox.requests).toHaveLength(6);
  });
});

describe('what a person must put right is named', () => {
  it('the permission and the object, when a write is denied', async () => {
    sandbox.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'error', code: 'AccessDenied' } });

    const error = await errorOf(storeOn('state').putIfAbsent('runs/r1/plan.json', 'x'));

    expect(error.message).toBe('write state runs/r1/plan.json in s3://state/nightshift failed: AccessDenied');
    expect(error.hint).toBe('allow s3:PutObject on arn:aws:s3:::state/nightshift/* for the credentials in use');
    expect(error).toMatchObject({
      permission: 's3:PutObject',
      key: 'runs/r1/plan.json',
      location: 's3://state/nightshift',
      retryable: false,
    });
  });

  it('both permissions that a read needs', async () => {
    sandbox.faults.add({ service: 's3', operation: 'GetObject', effect: { kind: 'error', code: 'AccessDenied' } });

    const { hint } = await errorOf(storeOn('state').get('a.json'));

    expect(hint).toContain('s3:GetObject on arn:aws:s3:::state/nightshift/*');
    expect(hint).toContain('s3:ListBucket on arn:aws:s3:::state');
  });

  it('the bucket, when a list is denied', async () => {
    sandbox.faults.add({ service: 's3', operation: 'ListObjectsV2', effect: { kind: 'error', code: 'AccessDenied' } });

    const error = await errorOf(storeOn('state').list(''));

    expect(error.message).toBe('list state (all) in s3://state/nightshift failed: AccessDenied');
    expect(error.hint).toBe('allow s3:ListBucket on arn:aws:s3:::state for the credentials in use');
  });

  it.each(['get', 'putIfAbsent', 'replace', 'list'] as const)('the missing bucket, on %s', async (method) => {
    const store = storeOn('no-such-bucket');
    const calls = {
      get: () => store.get('a.json'),
      putIfAbsent: () => store.putIfAbsent('a.json', 'x'),
      replace: () => store.replace('a.json', 'x', '"etag"'),
      list: () => store.list(''),
    };

    const error = await errorOf(calls[method]());

    expect(error.message).toMatch(/in s3:\/\/no-such-bucket\/nightshift failed: NoSuchBucket$/);
    expect(error.hint).toContain('create the bucket no-such-bucket');
  });

  it('the region that the bucket is in', async () => {
    const error = await errorOf(storeOn('elsewhere').putIfAbsent('a.json', 'x'));

    expect(error.message).toContain('PermanentRedirect');
    expect(error.hint).toBe('set the region to us-west-2');
  });

  it('the credentials, when the secret is wrong, without showing it', async () => {
    const client = clientTo(sandbox.endpoint, { ...sandbox.credentials, secretAccessKey: 'not-the-secret' });

    const error = await errorOf(storeOn('state', client).get('a.json'));

    expect(error.message).toContain('SignatureDoesNotMatch');
    expect(error.hint).toBe('check the AWS credentials: profile, environment variables or role');
    expect(JSON.stringify(error) + error.message + error.hint).not.toContain('not-the-secret');
  });

  it('the network path, when nobody listens', async () => {
    const { endpoint } = sandbox;
    const client = clientTo(endpoint);
    await sandbox.close();

    const error = await errorOf(storeOn('state', client).get('a.json'));

    expect(error.message).toBe('read state a.json in s3://state/nightshift failed: ECONNREFUSED');
    expect(error.hint).toContain('check the network path to AWS in eu-central-1');
    expect(error.retryable).toBe(true);
  });
});

describe('time', () => {
  it('limits an attempt that gets no answer', async () => {
    sandbox.faults.add({ service: 's3', times: 9, effect: { kind: 'delay', ms: 2000 } });
    const client = clientTo(sandbox.endpoint, sandbox.credentials, 40);

    const error = await errorOf(storeOn('state', client).get('a.json'));

    expect(error.message).toBe('read state a.json in s3://state/nightshift failed: TimeoutError');
    expect(error.retryable).toBe(true);
  });

  it('limits an answer that stops in the middle', async () => {
    const server: Server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': 100, etag: '"x"' });
      response.write('only the beginning');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = clientTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, sandbox.credentials, 60);

    const error = await errorOf(storeOn('state', client).get('a.json'));
    server.closeAllConnections();
    server.close();

    expect(error.message).toMatch(/^read state a.json in s3:\/\/state\/nightshift failed: /);
    expect(error.retryable).toBe(true);
  });

  it('ends a call that waits when the signal aborts, with its reason', async () => {
    sandbox.faults.add({ service: 's3', effect: { kind: 'delay', ms: 2000 } });
    const controller = new AbortController();
    const reason = new Error('the time budget ended');

    const pending = storeOn('state').get('a.json', controller.signal);
    setTimeout(() => controller.abort(reason), 20);

    await expect(pending).rejects.toBe(reason);
  });

  it('retries what S3 asks to retry', async () => {
    sandbox.faults.add({ service: 's3', operation: 'GetObject', effect: { kind: 'error', code: 'InternalError' } });
    const store = storeOn('state');
    await store.putIfAbsent('a.json', 'x');

    expect((await store.get('a.json'))?.body).toBe('x');
  });
});

it('keeps its documents under the prefix, marked as JSON', async () => {
  const store = storeOn('state');

  await store.putIfAbsent('runs/r1/plan.json', '{}');

  expect(store.location).toBe('s3://state/nightshift');
  expect([...sandbox.objectsIn('state')!.keys()]).toEqual(['nightshift/runs/r1/plan.json']);
  expect(sandbox.objectsIn('state')?.get('nightshift/runs/r1/plan.json')?.headers['content-type']).toBe('application/json');
});

it('counts the prefix towards the length of a key', async () => {
  await expect(storeOn('state').get('k'.repeat(1020))).rejects.toThrow('longer than 1024 bytes');
  expect(sandbox.requests).toHaveLength(0);
});
