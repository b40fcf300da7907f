import { expect, it } from 'vitest';
import { authenticate, type WireRequest } from '../../../../sandbox/aws/authenticate.ts';
import { unchunk } from '../../../../sandbox/aws/aws-chunked.ts';
import type { Identity } from '../../../../sandbox/aws/identities.ts';

/** The key pair, requests and signatures of the examples in the S3 API reference, "Authenticating requests (AWS Signature Version 4)". */
const identity: Identity = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: 'arn:aws:iam::000000000000:user/example',
  userId: 'AIDAEXAMPLE',
};
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const now = Date.parse('2013-05-24T00:00:00Z');
const lookup = (id: string): Identity | undefined => (id === identity.accessKeyId ? identity : undefined);

const authorization = (signedHeaders: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;

const getObject: WireRequest = {
  method: 'GET',
  rawPath: '/test.txt',
  query: [],
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': emptyHash,
    'x-amz-date': '20130524T000000Z',
    authorization: authorization(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
  },
  body: Buffer.alloc(0),
};

it('accepts the published signature of GET Object', () => {
  expect(authenticate(getObject, lookup, now).identity).toBe(identity);
});

it('accepts the published signature of GET Bucket (List Objects)', () => {
  const list: WireRequest = {
    ...getObject,
    rawPath: '/',
    query: [
      ['max-keys', '2'],
      ['prefix', 'J'],
    ],
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-content-sha256': emptyHash,
      'x-amz-date': '20130524T000000Z',
      authorization: authorization(
        'host;x-amz-content-sha256;x-amz-date',
        '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
      ),
    },
  };

  expect(authenticate(list, lookup, now).identity).toBe(identity);
});

it('accepts the published presigned URL until it expires', () => {
  const presigned: WireRequest = {
    method: 'GET',
    rawPath: '/test.txt',
    query: [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
      ['X-Amz-Date', '20130524T000000Z'],
      ['X-Amz-Expires', '86400'],
      ['X-Amz-SignedHeaders', 'host'],
      ['X-Amz-Signature', 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'],
    ],
    headers: { host: 'examplebucket.s3.amazonaws.com' },
    body: Buffer.alloc(0),
  };

  expect(authenticate(presigned, lookup, now + 86_400_000).identity).toBe(identity);
  expect(() => authenticate(presigned, lookup, now + 86_401_000)).toThrow('Request has expired');
});

it.each<[string, Partial<WireRequest>, string]>([
  ['another path', { rawPath: '/test.txt2' }, 'SignatureDoesNotMatch'],
  ['another method', { method: 'DELETE' }, 'SignatureDoesNotMatch'],
  ['a query that was not signed', { query: [['versionId', '1']] }, 'SignatureDoesNotMatch'],
  ['another header value', { headers: { ...getObject.headers, range: 'bytes=0-99' } }, 'SignatureDoesNotMatch'],
  ['an unsigned x-amz header', { headers: { ...getObject.headers, 'x-amz-acl': 'public-read' } }, 'AccessDenied'],
  ['another body', { body: Buffer.from('x') }, 'XAmzContentSHA256Mismatch'],
  ['a session token that nobody gave', { headers: { ...getObject.headers, 'x-amz-security-token': 'x' } }, 'InvalidToken'],
  ['no authorization', { headers: { host: 'x' } }, 'MissingAuthenticationToken'],
])('refuses %s', (_what, change, code) => {
  expect(() => authenticate({ ...getObject, ...change }, lookup, now)).toThrow(expect.objectContaining({ code }));
});

it('refuses an unknown key, and clocks more than 15 minutes apart', () => {
  expect(() => authenticate(getObject, () => undefined, now)).toThrow(expect.objectContaining({ code: 'InvalidAccessKeyId' }));
  expect(authenticate(getObject, lookup, now + 15 * 60_000).identity).toBe(identity);
  for (const minutes of [16, -16]) {
    expect(() => authenticate(getObject, lookup, now + minutes * 60_000)).toThrow(
      expect.objectContaining({ code: 'RequestTimeTooSkewed' }),
    );
  }
});

it('refuses a session that has expired', () => {
  const expired = { ...identity, expiresAt: now };

  expect(() => authenticate(getObject, () => expired, now)).toThrow(expect.objectContaining({ code: 'ExpiredToken' }));
});

const chunk = (data: string, signature: string): string => `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}\r\n`;

const chunked: WireRequest = {
  method: 'PUT',
  rawPath: '/examplebucket/chunkObject.txt',
  query: [],
  headers: {
    host: 's3.amazonaws.com',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': '66560',
    'content-length': '66824',
    authorization: authorization(
      'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
      '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    ),
  },
  body: Buffer.from(
    chunk('a'.repeat(65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648') +
      chunk('a'.repeat(1024), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497') +
      chunk('', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
  ),
};

it('accepts the published chunk signatures', () => {
  const auth = authenticate(chunked, lookup, now);

  expect(unchunk(chunked.body, chunked.headers, auth).body.toString()).toBe('a'.repeat(66_560));
});

it('refuses a changed chunk, a missing end and a wrong length', () => {
  const auth = authenticate(chunked, lookup, now);
  const changed = Buffer.from(chunked.body);
  changed[200] = 'b'.charCodeAt(0);

  expect(() => unchunk(changed, chunked.headers, auth)).toThrow('A chunk signature does not match.');
  expect(() => unchunk(chunked.body.subarray(0, 65_000), chunked.headers, auth)).toThrow(
    expect.objectContaining({ code: 'IncompleteBody' }),
  );
  expect(() => unchunk(chunked.body, { ...chunked.headers, 'x-amz-decoded-content-length': '1' }, auth)).toThrow(
    expect.objectContaining({ code: 'IncompleteBody' }),
  );
});

it('reads the checksum that follows an unsigned body', () => {
  const auth = authenticate(chunked, lookup, now);
  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '5',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };

  expect(unchunk(Buffer.from('5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n'), headers, auth)).toEqual({
    body: Buffer.from('hello'),
    trailers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
  });
  expect(() => unchunk(Buffer.from('5\r\nhello\r\n0\r\n\r\n'), headers, auth)).toThrow('The trailer x-amz-checksum-crc32 is missing.');
  expect(() => unchunk(Buffer.from('nonsense'), headers, auth)).toThrow(expect.objectContaining({ code: 'InvalidChunkSizeError' }));
});
