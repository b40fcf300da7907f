import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';
import { type AwsFailure, type FailureKind, failureOf, type SignIn } from './failure.ts';

/** The call that failed, in the words of IAM. */
export interface AwsCall {
  /** `eks:DescribeCluster` */
  readonly permission: string;
  /** ARN, or the name that a person knows. */
  readonly resource: string;
  readonly region: string;
}

/**
 * An AWS call failed for a reason that its caller has no better word for. `kind` says whether access, credentials, the region or the network is at fault,
 * `retryable` whether the same call may succeed later.
 */
export class AwsError extends NightshiftError {
  readonly code = 'aws';
  override readonly retryable: boolean;
  readonly kind: FailureKind;
  readonly call: AwsCall;

  constructor(message: string, call: AwsCall, failure: AwsFailure, details: ErrorDetails) {
    super(message, details);
    this.kind = failure.kind;
    this.retryable = failure.retryable;
    this.call = call;
  }
}

const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);

/** What a person does about it; `permission` and `resource` are named only where they are the answer. */
export function hintFor(failure: AwsFailure, call: AwsCall): string {
  switch (failure.kind) {
    case 'access-denied': {
      const { permission, resource } = deniedCall(failure, call);
      return `allow ${permission} on ${resource} for the credentials in use`;
    }
    case 'bad-credentials':
      if (failure.signIn) return signInHint(failure.signIn);
      if (expired.has(failure.name)) return 'the AWS credentials have expired: sign in again';
      if (failure.name === 'RequestTimeTooSkewed') return "correct this machine's clock";
      if (failure.name === 'CredentialsProviderError')
        return 'no AWS credentials could be had: check profile (with its credential_process, if it has one), environment variables and role';
      return 'check the AWS credentials: profile, environment variables or role';
    case 'wrong-region':
      return failure.region ? `set the region to ${failure.region}` : 'set the region that the resource is in';
    case 'throttled':
      return 'AWS asked to slow down: try again in a minute';
    case 'timeout':
    case 'network':
      return `check the network path to AWS in ${call.region} (VPC endpoint or NAT, proxy, AWS_ENDPOINT_URL) and try again`;
    case 'server':
      return 'the service had an error of its own: try again in a minute';
    case 'other':
      return 'look the AWS error code up and correct what it names';
    default:
      return failure.kind satisfies never;
  }
}

/** The call that was denied: another one when a credential provider or the service itself made it on the way to this one. */
export function deniedCall({ denied }: AwsFailure, call: AwsCall): AwsCall {
  if (denied === undefined || serviceOf(denied.permission) === serviceOf(call.permission)) return call;
  return { ...call, permission: denied.permission, resource: denied.resource ?? call.resource };
}

function serviceOf(permission: string): string {
  return permission.split(':')[0] ?? permission;
}

/** Where the error does not name the profile, it is the one that the SDK reads from the environment of the process. */
function signInHint({ by, profile = process.env.AWS_PROFILE }: SignIn): string {
  return `sign in again: ${by}${profile ? ` --profile ${profile}` : ''}`;
}

/**
 * Turns what the SDK threw into an {@link AwsError}; an abort is passed on as the caller's own reason. The SDK asks our own providers for credentials
 * on the way: what they threw says already which call of theirs failed, and is passed on as well.
 */
export function awsError(error: unknown, call: AwsCall, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof NightshiftError) return error;
  const failure = failureOf(error);
  const failed = deniedCall(failure, call);
  const message = `${failed.permission} on ${failed.resource} in ${failed.region} failed: ${failure.name}`;
  return new AwsError(message, failed, failure, { cause: error, hint: hintFor(failure, call) });
}
