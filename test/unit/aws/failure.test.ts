import { expect, it, vi } from 'vitest';
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

const call = { permission: 'eks:DescribeCluster', resource: 'dev', region: 'eu-central-1' };
const saying = (name: string, message: string): Error => Object.assign(sdkError(name, 400), { message });

it('hands on what our own credential provider threw, with its word on whether to try again', () => {
  const own = awsError(sdkError('ThrottlingException', 400), { ...call, permission: 'sts:AssumeRole' });

  expect(awsError(own, call)).toBe(own);
  expect(own).toMatchObject({ retryable: true });
});

it('names the call that IAM denied on the way to the one that was made', () => {
  const denied = saying(
    'AccessDenied',
    'User: arn:aws:iam::1:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/nope because …',
  );

  expect(awsError(denied, call)).toMatchObject({
    message: 'sts:AssumeRole on arn:aws:iam::2:role/nope in eu-central-1 failed: AccessDenied',
    hint: 'allow sts:AssumeRole on arn:aws:iam::2:role/nope for the credentials in use',
    kind: 'access-denied',
  });
});

it('keeps its own name of a resource when it is the call itself that IAM denied', () => {
  const denied = saying('AccessDeniedException', 'User: me is not authorized to perform: eks:DescribeCluster on resource: arn:aws:eks:x');

  expect(awsError(denied, call)).toMatchObject({ hint: 'allow eks:DescribeCluster on dev for the credentials in use' });
});

it.each([
  ["… associated with profile=dev was not found. To refresh this SSO session run 'aws sso login' with …", 'aws sso login --profile dev'],
  ["Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.", 'aws sso login --profile night'],
])('says of a login that has ended how to sign in again', (message, command) => {
  vi.stubEnv('AWS_PROFILE', 'night');

  for (const name of ['CredentialsProviderError', 'TokenProviderError']) {
    expect(awsError(saying(name, message), call)).toMatchObject({ kind: 'bad-credentials', hint: `sign in again: ${command}` });
  }
  vi.stubEnv('AWS_PROFILE', '');
  expect(hintFor(failureOf(saying('TokenProviderError', 'run aws sso login')), call)).toBe('sign in again: aws sso login');
  vi.unstubAllEnvs();
});
