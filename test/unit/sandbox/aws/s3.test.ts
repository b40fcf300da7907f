import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';

let sandbox: AwsSandbox;
let client: S3Client;
const Bucket = 'artifacts';

beforeAll(async () => {
  sandbox = await startAwsSandbox({ buckets: [Bucket, { name: 'far', region: 'us-west-2' }], listPageSize: 3 });
  const { endpoint, region, credentials } = sandbox;
  client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const put = (Key: string, more: object = {}) => client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}`, ...more }));
const read = async (Key: string): Promise<string | undefined> =>
  (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const refused = (name: string, httpStatusCode: number) =>
  expect.objectContaining({ name, $metadata: expect.objectContaining({ httpStatusCode }) });

describe('objects', () => {
  it('come back with their metadata, ETag and the checksum that the SDK verifies', async () => {
    const { ETag, ChecksumCRC32 } = await put('docs/a b+c.txt', { ContentType: 'text/plain', Metadata: { version: '1.2.3' } });

    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'docs/a b+c.txt' }));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'docs/a b+c.txt', ChecksumMode: 'ENABLED' }));

    expect(await got.Body?.transformToString()).toBe('body of docs/a b+c.txt');
    expect(got).toMatchObject({ ETag, ContentType: 'text/plain', Metadata: { version: '1.2.3' }, ChecksumCRC32 });
    expect(head).toMatchObject({ ETag, ContentLength: 22, ChecksumType: 'FULL_OBJECT' });
  });

  it('may be sent as a stream, with the checksum behind it', async () => {
    await put('stream', { Body: Readable.from([Buffer.from('one '), Buffer.from('two')]), ContentLength: 7 });

    expect(await read('stream')).toBe('one two');
    expect(sandbox.objectsIn(Bucket)?.get('stream')?.checksums).toHaveProperty('crc32');
    expect(sandbox.objectsIn(Bucket)?.get('stream')?.headers).not.toHaveProperty('content-encoding');
  });

  it.each(['CRC32C', 'SHA1', 'SHA256'] as const)('are verified by %s', async (ChecksumAlgorithm) => {
    await put(`with ${ChecksumAlgorithm}`, { ChecksumAlgorithm });

    expect(Object.keys(sandbox.objectsIn(Bucket)?.get(`with ${ChecksumAlgorithm}`)?.checksums ?? {})).toEqual([
      ChecksumAlgorithm.toLowerCase(),
    ]);
  });

  it('are refused when they do not match their checksum', async () => {
    await expect(put('bad', { ChecksumCRC32: 'AAAAAA==' })).rejects.toEqual(refused('BadDigest', 400));
    await expect(put('bad', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toEqual(refused('BadDigest', 400));

    expect(sandbox.objectsIn(Bucket)?.has('bad')).toBe(false);
  });

  it('are gone when deleted, and deleting twice is no error', async () => {
    await put('gone');

    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));

    await expect(read('gone')).rejects.toEqual(refused('NoSuchKey', 404));
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'gone' }))).rejects.toEqual(refused('NotFound', 404));
  });

  it('are not read when the reader has them', async () => {
    const { ETag } = await put('known');

    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'known', IfNoneMatch: ETag }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'known', IfMatch: '"other"' }))).rejects.toEqual(
      refused('PreconditionFailed', 412),
    );
  });

  it('have keys and metadata of limited size', async () => {
    await expect(put('k'.repeat(1025))).rejects.toEqual(refused('KeyTooLongError', 400));
    await expect(put('meta', { Metadata: { big: 'x'.repeat(2050) } })).rejects.toEqual(refused('MetadataTooLarge', 400));
  });
});

describe('conditional writes', () => {
  it('create only what is free', async () => {
    await put('once', { IfNoneMatch: '*' });

    await expect(put('once', { IfNoneMatch: '*' })).rejects.toEqual(refused('PreconditionFailed', 412));
    await expect(put('once', { IfNoneMatch: '"etag"' })).rejects.toEqual(refused('NotImplemented', 501));
  });

  it('replace only the version that is named', async () => {
    const { ETag } = await put('versioned');

    await put('versioned', { Body: 'two', IfMatch: ETag });

    await expect(put('versioned', { Body: 'three', IfMatch: ETag })).rejects.toEqual(refused('PreconditionFailed', 412));
    await expect(put('not there', { IfMatch: ETag })).rejects.toEqual(refused('NoSuchKey', 404));
    expect(await read('versioned')).toBe('two');
  });
});

describe('lists', () => {
  it('come in pages that a token continues', async () => {
    for (const key of ['e', 'a', 'd', 'c', 'b']) await put(`list/${key}`);

    const first = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/' }));
    const second = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'list/', ContinuationToken: first.NextContinuationToken }));

    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 });
    expect(second.IsTruncated).toBe(false);
    expect([...first.Contents!, ...second.Contents!].map(({ Key }) => Key)).toEqual(['list/a', 'list/b', 'list/c', 'list/d', 'list/e']);
  });

  it('group keys by a delimiter, a group never twice over pages', async () => {
    for (const key of ['a/1', 'a/2', 'b', 'c/1', 'c/2', 'd']) await put(`tree/${key}`);
    const query = { Bucket, Prefix: 'tree/', Delimiter: '/' };

    const first = await client.send(new ListObjectsV2Command(query));
    const second = await client.send(new ListObjectsV2Command({ ...query, ContinuationToken: first.NextContinuationToken }));

    expect(first.CommonPrefixes).toEqual([{ Prefix: 'tree/a/' }, { Prefix: 'tree/c/' }]);
    expect([first, second].flatMap(({ Contents }) => (Contents ?? []).map(({ Key }) => Key))).toEqual(['tree/b', 'tree/d']);
    expect(second.CommonPrefixes).toBeUndefined();
  });

  it('escape what XML would misread', async () => {
    await put('xml/<&">');

    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'xml/' }));

    expect(Contents?.map(({ Key }) => Key)).toEqual(['xml/<&">']);
  });
});

describe('buckets', () => {
  it('are made in the region of the request, once', async () => {
    const made = new CreateBucketCommand({ Bucket: 'made', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } });
    await client.send(made);
    await client.send(new HeadBucketCommand({ Bucket: 'made' }));

    await expect(client.send(made)).rejects.toEqual(refused('BucketAlreadyOwnedByYou', 409));
    await expect(client.send(new CreateBucketCommand({ Bucket: 'Bad_Name' }))).rejects.toEqual(refused('InvalidBucketName', 400));
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain('made');
  });

  it('that do not exist, or live elsewhere, say so', async () => {
    await expect(put('x', { Bucket: 'missing' })).rejects.toEqual(refused('NoSuchBucket', 404));
    await expect(put('x', { Bucket: 'far' })).rejects.toEqual(refused('PermanentRedirect', 301));
  });
});

it('does not pretend to serve what it does not', async () => {
  await put('source');

  await expect(client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source` }))).rejects.toEqual(
    refused('NotImplemented', 501),
  );
  await expect(client.send(new GetObjectAclCommand({ Bucket, Key: 'source' }))).rejects.toEqual(refused('NotImplemented', 501));
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'source', Range: 'bytes=0-1' }))).rejects.toEqual(
    refused('NotImplemented', 501),
  );
});
