import { expect, it } from 'vitest';
import { awsError, hintFor } from '../../../lib/aws/aws-error.ts';
import { failureOf } from '../../../lib/aws/failure.ts';

const sdkError = (name: string, httpStatusCode: number, more: object = {}): Error =>
  Object.assign(new Error('text of the service that may quote the request'), { name, $metadata: { httpStatusCode, attempts: 2 }, ...more });

it.each([
  [sdkError('AccessDenied', 403), 'access-denied', false],
  [sdkError('AccessDeniedException', 400), 'access-denied', false],
  [sdkError('403', 403), 'access-denied', false],
  [sdkError('ExpiredTokenException', 400), 'bad-credentials', false],
  [sdkError('UnrecognizedClientException', 400), 'bad-credentials', false],
  [Object.assign(new Error('no profile'), { name: 'CredentialsProviderError' }), 'bad-credentials', false],
  [sdkError('PermanentRedirect', 301), 'wrong-region', false],
  [sdkError('UnknownError', 301), 'wrong-region', false],
  [sdkError('SlowDown', 503), 'throttled', true],
  [sdkError('TooManyRequestsException', 429), 'throttled', true],
  [sdkError('ServerException', 500), 'server', true],
  [sdkError('ValidationException', 400), 'other', false],
  [Object.assign(new Error('x'), { name: 'TimeoutError' }), 'timeout', true],
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'network', true],
  [new Error('wrapped', { cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }) }), 'network', true],
  ['a string', 'other', false],
  [undefined, 'other', false],
] as const)('reads %s as %s', (error, kind, retryable) => {
  expect(failureOf(error)).toMatchObject({ kind, retryable });
});

it('keeps how often the SDK tried, the status and the region that was meant', () => {
  const error = sdkError('PermanentRedirect', 301, { $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } } });

  expect(failureOf(error)).toEqual({
    kind: 'wrong-region',
    name: 'PermanentRedirect',
    status: 301,
    region: 'us-west-2',
    attempts: 2,
    retryable: false,
  });
});

it.each([
  ['ExpiredToken', 'the AWS credentials have expired: sign in again'],
  ['RequestTimeTooSkewed', "correct this machine's clock"],
  ['SignatureDoesNotMatch', 'check the AWS credentials: profile, environment variables or role'],
  ['AuthorizationHeaderMalformed', 'set the region that the resource is in'],
  ['SlowDown', 'AWS asked to slow down: try again in a minute'],
  ['InternalError', 'the service had an error of its own: try again in a minute'],
  ['ValidationException', 'look the AWS error code up and correct what it names'],
])('says for %s what to do', (name, hint) => {
  const failure = failureOf(sdkError(name, name === 'InternalError' ? 500 : 400));

  expect(hintFor(failure, { permission: 'eks:DescribeCluster', resource: 'dev', region: 'eu-central-1' })).toBe(hint);
});

it("leaves the service's own text out of the message", () => {
  const error = awsError(sdkError('ValidationException', 400), { permission: 'ssm:GetParameter', resource: '/n', region: 'eu-central-1' });

  expect((error as Error).message).toBe('ssm:GetParameter on /n in eu-central-1 failed: ValidationException');
});
