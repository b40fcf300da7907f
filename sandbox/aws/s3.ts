import { s3Arn } from './arns.ts';
import { AwsFault } from './fault.ts';
import { type Bucket, listPage } from './s3-bucket.ts';
import { deleteObject, getObject, putObject } from './s3-objects.ts';
import type { AwsRequest, AwsResponse, Demand, Operation, Permission, ServiceFront } from './service.ts';
import { xmlDocument } from './xml.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export interface S3Options {
  readonly buckets: Map<string, Bucket>;
  /** Keys per page of a list. S3 has 1000. */
  readonly pageSize: number;
  readonly now: () => number;
}

const bucketName = /^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const listParameters = new Set([
  'list-type',
  'prefix',
  'delimiter',
  'max-keys',
  'continuation-token',
  'start-after',
  'encoding-type',
  'fetch-owner',
]);

const xml = (root: string, content: Parameters<typeof xmlDocument>[2]): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: xmlDocument(root, NAMESPACE, content),
});

function decodeKey(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new AwsFault(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** Anything that asks for more than is served here must not be mistaken for a plain read or write. */
function refuseUnknownParameters(query: URLSearchParams, known: ReadonlySet<string>): void {
  const unknown = [...query.keys()].find((name) => !known.has(name) && name !== 'x-id' && !name.startsWith('X-Amz-'));
  if (unknown !== undefined) throw new AwsFault(501, 'NotImplemented', `The parameter ${unknown} is not implemented by this endpoint`);
}

function listObjects(bucket: Bucket, query: URLSearchParams, pageSize: number): AwsResponse {
  if (query.get('list-type') !== '2') throw new AwsFault(501, 'NotImplemented', 'Only ListObjectsV2 is implemented by this endpoint');
  refuseUnknownParameters(query, listParameters);
  const asked = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(asked) || asked < 0)
    throw new AwsFault(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range');
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const maxKeys = Math.min(asked, pageSize);
  const page = maxKeys === 0 ? { keys: [], commonPrefixes: [], last: undefined } : listPage(bucket, { prefix, delimiter, after, maxKeys });
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string): string => text;
  return xml('ListBucketResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: asked,
    KeyCount: page.keys.length + page.commonPrefixes.length,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: page.last !== undefined,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.last === undefined ? undefined : Buffer.from(page.last).toString('base64url'),
    Contents: page.keys.map((key) => {
      const object = bucket.objects.get(key);
      return {
        Key: encode(key),
        LastModified: new Date(object?.lastModified ?? 0).toISOString(),
        ETag: object?.etag,
        Size: object?.body.length,
        StorageClass: 'STANDARD',
      };
    }),
    CommonPrefixes: page.commonPrefixes.map((common) => ({ Prefix: encode(common) })),
  });
}

function createBucket({ buckets }: S3Options, name: string, { body, region }: AwsRequest): AwsResponse {
  if (!bucketName.test(name)) throw new AwsFault(400, 'InvalidBucketName', 'The specified bucket is not valid.');
  if (buckets.has(name))
    throw new AwsFault(
      409,
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
    );
  const wanted = /<LocationConstraint>([^<]+)</.exec(body.toString())?.[1] ?? 'us-east-1';
  if (wanted !== region) {
    throw new AwsFault(
      400,
      'IllegalLocationConstraintException',
      `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  buckets.set(name, { name, region: wanted, objects: new Map() });
  return { status: 200, headers: { location: `/${name}` } };
}

function findBucket({ buckets }: S3Options, name: string, region: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw new AwsFault(404, 'NoSuchBucket', 'The specified bucket does not exist', { fields: { BucketName: name } });
  if (bucket.region !== region) {
    throw new AwsFault(
      301,
      'PermanentRedirect',
      'The bucket you are attempting to access must be addressed using the specified endpoint.',
      {
        headers: { 'x-amz-bucket-region': bucket.region },
        fields: { Bucket: name, Endpoint: `${name}.s3.${bucket.region}.amazonaws.com` },
      },
    );
  }
  return bucket;
}

/** Listing and heading a bucket are one permission, which knows what is listed. */
function listBucket(name: string, query: URLSearchParams): Permission {
  const asked = ['prefix', 'delimiter'].flatMap((key) => (query.has(key) ? [[`s3:${key}`, query.get(key) ?? ''] as const] : []));
  return { action: 's3:ListBucket', resource: s3Arn(name), context: Object.fromEntries(asked) };
}

function bucketOperation(options: S3Options, name: string, request: AwsRequest): Operation {
  const operation = (action: string, permission: Permission, apply: () => AwsResponse): Operation => ({
    name: action,
    resource: name,
    permissions: [permission],
    apply,
  });
  const bucket = (): Bucket => findBucket(options, name, request.region);
  switch (request.method) {
    case 'PUT':
      refuseUnknownParameters(request.query, new Set());
      return operation('CreateBucket', { action: 's3:CreateBucket', resource: s3Arn(name) }, () => createBucket(options, name, request));
    case 'HEAD':
      return operation('HeadBucket', listBucket(name, request.query), () => ({
        status: 200,
        headers: { 'x-amz-bucket-region': bucket().region },
      }));
    case 'GET':
      return operation('ListObjectsV2', listBucket(name, request.query), () => listObjects(bucket(), request.query, options.pageSize));
    default:
      throw new AwsFault(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
}

function objectOperation(options: S3Options, name: string, key: string, request: AwsRequest): Operation {
  refuseUnknownParameters(request.query, new Set());
  const resource = `${name}/${key}`;
  type Act = (bucket: Bucket, demand: Demand) => AwsResponse;
  const operation = (action: string, needed: readonly string[], apply: Act): Operation => ({
    name: action,
    resource,
    permissions: needed.map((permission) => ({ action: permission, resource: s3Arn(resource) })),
    apply: (demand) => apply(findBucket(options, name, request.region), demand),
  });
  switch (request.method) {
    case 'PUT':
      return operation('PutObject', ['s3:PutObject'], (bucket) => putObject(bucket, key, request, options.now()));
    case 'GET':
      return operation('GetObject', ['s3:GetObject'], (bucket, demand) => getObject(bucket, key, request, demand));
    case 'HEAD':
      return operation('HeadObject', ['s3:GetObject'], (bucket, demand) => getObject(bucket, key, request, demand));
    case 'DELETE':
      return operation('DeleteObject', ['s3:DeleteObject'], (bucket) => deleteObject(bucket, key));
    default:
      throw new AwsFault(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
  }
}

/** S3 with path-style addresses: buckets, objects with conditional writes and checksums, ListObjectsV2. What is not served is answered 501, never half done. */
export function s3Front(options: S3Options): ServiceFront {
  return {
    parse(request) {
      const [, name = '', ...rest] = request.rawPath.split('/');
      if (name === '') {
        if (request.method !== 'GET')
          throw new AwsFault(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
        const buckets = (): AwsResponse =>
          xml('ListAllMyBucketsResult', {
            Buckets: { Bucket: [...options.buckets.keys()].map((Name) => ({ Name, CreationDate: new Date(0).toISOString() })) },
          });
        return { name: 'ListBuckets', resource: '*', permissions: [{ action: 's3:ListAllMyBuckets', resource: '*' }], apply: buckets };
      }
      const key = decodeKey(rest.join('/'));
      return key === '' ? bucketOperation(options, name, request) : objectOperation(options, name, key, request);
    },
    fail(code, message, status, { requestId, resource, fields, head }) {
      if (head) return { status };
      return {
        status,
        headers: { 'content-type': 'application/xml' },
        body: xmlDocument('Error', undefined, { Code: code, Message: message, ...fields, Resource: `/${resource}`, RequestId: requestId }),
      };
    },
  };
}
