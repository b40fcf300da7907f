import { s3Arn } from './arns.ts';
import { AwsFault } from './fault.ts';
import { type Bucket, etagOf, type StoredObject } from './s3-bucket.ts';
import { checksumHeaders, verifiedChecksums } from './s3-checksum.ts';
import type { AwsRequest, AwsResponse, Demand } from './service.ts';

const MAX_KEY_BYTES = 1024;
/** Names and values of user metadata together. */
const MAX_METADATA_BYTES = 2048;
const keptHeaders = ['content-type', 'content-encoding', 'content-language', 'content-disposition', 'cache-control', 'expires'];

const sameEtag = (a: string, b: string): boolean => a.replaceAll('"', '') === b.replaceAll('"', '');

const preconditionFailed = (condition: string): AwsFault =>
  new AwsFault(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    fields: { Condition: condition },
  });

const noSuchKey = (key: string): AwsFault => new AwsFault(404, 'NoSuchKey', 'The specified key does not exist.', { fields: { Key: key } });

/** Conditional writes of S3: `If-None-Match` takes nothing but `*`, `If-Match` on a missing key is 404. */
function checkWriteConditions({ headers }: AwsRequest, key: string, existing: StoredObject | undefined): void {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*')
      throw new AwsFault(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
    if (existing) throw preconditionFailed('If-None-Match');
  }
  if (ifMatch !== undefined) {
    if (!existing) throw noSuchKey(key);
    if (!sameEtag(ifMatch, existing.etag)) throw preconditionFailed('If-Match');
  }
}

function metadataOf(headers: AwsRequest['headers']): Record<string, string> {
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + Buffer.byteLength(value), 0);
  if (size > MAX_METADATA_BYTES)
    throw new AwsFault(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  return Object.fromEntries(metadata);
}

function headersToKeep({ headers }: AwsRequest): Record<string, string> {
  // aws-chunked is the encoding of the transfer, not of the object.
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked');
  const kept = keptHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]));
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(kept.filter(([name]) => name !== 'content-encoding')),
    ...(encoding.length > 0 ? { 'content-encoding': encoding.join(',') } : {}),
    ...metadataOf(headers),
  };
}

export function putObject(bucket: Bucket, key: string, request: AwsRequest, now: number): AwsResponse {
  if (request.headers['x-amz-copy-source'] !== undefined)
    throw new AwsFault(501, 'NotImplemented', 'CopyObject is not implemented by this endpoint');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new AwsFault(400, 'KeyTooLongError', 'Your key is too long');
  const checksums = verifiedChecksums(request.body, request.headers);
  checkWriteConditions(request, key, bucket.objects.get(key));
  const object = { body: request.body, etag: etagOf(request.body), lastModified: now, headers: headersToKeep(request), checksums };
  bucket.objects.set(key, object);
  return { status: 200, headers: { etag: object.etag, 'x-amz-server-side-encryption': 'AES256', ...checksumHeaders(checksums) } };
}

/** GetObject and HeadObject; the server leaves the body of a HEAD out. */
export function getObject(bucket: Bucket, key: string, { headers }: AwsRequest, demand: Demand): AwsResponse {
  const object = bucket.objects.get(key);
  if (!object) {
    // That a key is missing is told only to those who may list: to others S3 answers 403 instead of 404.
    demand({ action: 's3:ListBucket', resource: s3Arn(bucket.name) });
    throw noSuchKey(key);
  }
  if (headers.range !== undefined) throw new AwsFault(501, 'NotImplemented', 'Ranges are not implemented by this endpoint');
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !sameEtag(ifMatch, object.etag)) throw preconditionFailed('If-Match');
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && sameEtag(ifNoneMatch, object.etag)) return { status: 304, headers: { etag: object.etag } };
  return {
    status: 200,
    headers: {
      ...object.headers,
      etag: object.etag,
      'last-modified': new Date(object.lastModified).toUTCString(),
      'accept-ranges': 'bytes',
      'x-amz-server-side-encryption': 'AES256',
      ...(headers['x-amz-checksum-mode'] === 'ENABLED' ? checksumHeaders(object.checksums) : {}),
    },
    body: object.body,
  };
}

export function deleteObject(bucket: Bucket, key: string): AwsResponse {
  bucket.objects.delete(key);
  return { status: 204 };
}
