/** What went wrong with an AWS call, as far as the caller's next step depends on it. */
export type FailureKind = 'access-denied' | 'bad-credentials' | 'wrong-region' | 'throttled' | 'timeout' | 'network' | 'server' | 'other';

export interface AwsFailure {
  readonly kind: FailureKind;
  /** The AWS error code or the Node error code; never the service's message, which may quote the request. */
  readonly name: string;
  readonly status: number | undefined;
  /** The region that the service says it should have been. */
  readonly region: string | undefined;
  /** How often the SDK had sent the request. */
  readonly attempts: number;
  /** The same call may succeed later. */
  readonly retryable: boolean;
  /** What IAM says was not allowed; not always the call that failed, for one call may take others: a role to assume, a key to decrypt with. */
  readonly denied: Denial | undefined;
  /** The login that has ended, where the SDK says that a new one is what is missing. */
  readonly signIn: SignIn | undefined;
}

export interface Denial {
  /** `sts:AssumeRole` */
  readonly permission: string;
  readonly resource: string | undefined;
}

export interface SignIn {
  /** The command that signs in. */
  readonly by: 'aws sso login' | 'aws login';
  /** Of the AWS configuration, when the error names it. */
  readonly profile: string | undefined;
}

const kindByName: Readonly<Record<string, FailureKind>> = {
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  AllAccessDisabled: 'access-denied',
  Forbidden: 'access-denied',
  AuthFailure: 'bad-credentials',
  CredentialsProviderError: 'bad-credentials',
  ExpiredToken: 'bad-credentials',
  ExpiredTokenException: 'bad-credentials',
  IDPRejectedClaim: 'bad-credentials',
  IncompleteSignature: 'bad-credentials',
  InvalidAccessKeyId: 'bad-credentials',
  InvalidClientTokenId: 'bad-credentials',
  InvalidIdentityToken: 'bad-credentials',
  InvalidSignatureException: 'bad-credentials',
  InvalidToken: 'bad-credentials',
  MissingAuthenticationToken: 'bad-credentials',
  MissingAuthenticationTokenException: 'bad-credentials',
  RequestExpired: 'bad-credentials',
  RequestTimeTooSkewed: 'bad-credentials',
  SignatureDoesNotMatch: 'bad-credentials',
  TokenProviderError: 'bad-credentials',
  UnrecognizedClientException: 'bad-credentials',
  AuthorizationHeaderMalformed: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  PermanentRedirect: 'wrong-region',
  TemporaryRedirect: 'wrong-region',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  SlowDown: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestTimeout: 'timeout',
  TimeoutError: 'timeout',
  ECONNREFUSED: 'network',
  ECONNRESET: 'network',
  EAI_AGAIN: 'network',
  EHOSTUNREACH: 'network',
  ENETUNREACH: 'network',
  ENOTFOUND: 'network',
  EPIPE: 'network',
  ETIMEDOUT: 'timeout',
};

const retryableKinds: ReadonlySet<FailureKind> = new Set(['throttled', 'timeout', 'network', 'server']);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function kindOf(names: readonly string[], status: number | undefined): FailureKind {
  for (const name of names) {
    const kind = kindByName[name];
    if (kind !== undefined) return kind;
  }
  if (status === 301 || status === 307) return 'wrong-region';
  if (status === 403) return 'access-denied';
  if (status === 429 || status === 503) return 'throttled';
  return status !== undefined && status >= 500 ? 'server' : 'other';
}

/** Of a message that begins as IAM's do, the two names in it are taken and nothing else. */
function denialIn(message: string): Denial | undefined {
  const [, permission, resource] = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/i.exec(message) ?? [];
  return permission === undefined ? undefined : { permission, resource };
}

/** What the providers say in words only, for all their errors are of one class: that a login has ended, on disk or on the server. */
const endedLogins: readonly (readonly [words: RegExp, by: SignIn['by']])[] = [
  [/aws sso login|UnauthorizedException: Session token/, 'aws sso login'],
  [/aws login|please reauthenticate|^Failed to load token from /i, 'aws login'],
];

function signInFor(message: string): SignIn | undefined {
  const by = endedLogins.find(([words]) => words.test(message))?.[1];
  return by && { by, profile: /\bprofile=([\w.@/+-]+)/.exec(message)?.[1] };
}

/** Reads an error of the AWS SDK, of its credential providers or of the network beneath them. */
export function failureOf(error: unknown): AwsFailure {
  const metadata = field(error, '$metadata');
  const httpStatus = field(metadata, 'httpStatusCode');
  const status = typeof httpStatus === 'number' ? httpStatus : undefined;
  const attempts = field(metadata, 'attempts');
  // The network's code says more than the class name 'Error' around it.
  const names = [field(error, 'name'), field(error, 'Code'), field(error, 'code'), field(field(error, 'cause'), 'code')].flatMap(
    (name) => textOf(name) ?? [],
  );
  const kind = kindOf(names, status);
  const message = textOf(field(error, 'message')) ?? '';
  return {
    kind,
    name: names.find((name) => name !== 'Error' && name !== 'AggregateError') ?? 'unknown error',
    status,
    region: textOf(field(field(field(error, '$response'), 'headers'), 'x-amz-bucket-region')) ?? textOf(field(error, 'Region')),
    attempts: typeof attempts === 'number' ? attempts : 1,
    retryable: retryableKinds.has(kind),
    denied: kind === 'access-denied' ? denialIn(message) : undefined,
    signIn: kind === 'bad-credentials' ? signInFor(message) : undefined,
  };
}
