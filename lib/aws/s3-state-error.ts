import { NightshiftError } from '../platform/errors.ts';
import { StateStoreError } from '../platform/state-store-error.ts';
import { hintFor } from './aws-error.ts';
import { failureOf } from './failure.ts';

export type S3StateAction = 's3:GetObject' | 's3:PutObject' | 's3:ListBucket';

export interface S3StateCall {
  readonly action: S3StateAction;
  readonly location: string;
  readonly bucket: string;
  readonly region: string;
  /** As the caller knows it, without the prefix. */
  readonly key: string;
  /** What all keys of the store begin with; empty, or ends with a slash. */
  readonly prefix: string;
}

const verbs: Readonly<Record<S3StateAction, string>> = { 's3:GetObject': 'read', 's3:PutObject': 'write', 's3:ListBucket': 'list' };

function hintOf(call: S3StateCall, failure: ReturnType<typeof failureOf>): string {
  const bucketArn = `arn:aws:s3:::${call.bucket}`;
  if (failure.name === 'NoSuchBucket') return `create the bucket ${call.bucket}, or name the right one in the configuration`;
  if (failure.name === 'InvalidBucketName') return `${call.bucket} is no bucket name: correct the configuration`;
  const resource = call.action === 's3:ListBucket' ? bucketArn : `${bucketArn}/${call.prefix}*`;
  const hint = hintFor(failure, { permission: call.action, resource, region: call.region });
  // Without ListBucket, S3 answers 403 for a key that does not exist.
  return failure.kind === 'access-denied' && call.action === 's3:GetObject' ? `${hint}, and s3:ListBucket on ${bucketArn}` : hint;
}

/** Turns what the SDK threw into a StateStoreError; an abort is passed on as the caller's own reason. */
export function s3StateError(error: unknown, call: S3StateCall, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof NightshiftError) return error;
  const failure = failureOf(error);
  return new StateStoreError(`${verbs[call.action]} state ${call.key || '(all)'} in ${call.location} failed: ${failure.name}`, {
    location: call.location,
    key: call.key,
    cause: error,
    hint: hintOf(call, failure),
    retryable: failure.retryable,
    ...(failure.kind === 'access-denied' ? { permission: call.action } : {}),
  });
}
