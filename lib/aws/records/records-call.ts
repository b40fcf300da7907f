import { NightshiftError } from '../../platform/errors.ts';
import { RecordsError } from '../../records/records-error.ts';
import { hintFor } from '../aws-error.ts';
import { type AwsFailure, failureOf } from '../failure.ts';

/** One call to the table, for the error that it may come to. */
export interface RecordsCall {
  readonly permission: `dynamodb:${'GetItem' | 'PutItem' | 'UpdateItem' | 'Query'}`;
  readonly record: string;
  readonly table: string;
  readonly region: string;
  readonly location: string;
}

/** For one call, all attempts of the SDK together. */
const TOTAL_TIMEOUT_MS = 12_000;

const verbs: Readonly<Record<RecordsCall['permission'], string>> = {
  'dynamodb:GetItem': 'reading',
  'dynamodb:PutItem': 'writing',
  'dynamodb:UpdateItem': 'changing',
  'dynamodb:Query': 'listing',
};

/** Sends within the limit. @throws RecordsError; the reason of `signal` when that is what ended it */
export async function calling<T>(
  call: RecordsCall,
  signal: AbortSignal | undefined,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  try {
    return await send(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw error instanceof NightshiftError ? error : recordsError(error, call, limit.aborted);
  }
}

function recordsError(error: unknown, call: RecordsCall, timedOut: boolean): RecordsError {
  const failure = failureOf(error);
  const why = timedOut ? `no answer in ${TOTAL_TIMEOUT_MS} ms` : failure.name;
  return new RecordsError(`${verbs[call.permission]} record ${call.record} in ${call.location} failed: ${why}`, {
    location: call.location,
    record: call.record,
    cause: error,
    retryable: failure.retryable || timedOut,
    hint: timedOut ? `check the network path to DynamoDB in ${call.region} (VPC endpoint or NAT)` : hintOf(failure, call),
    ...(failure.kind === 'access-denied' ? { permission: call.permission } : {}),
  });
}

function hintOf(failure: AwsFailure, { permission, table, region }: RecordsCall): string {
  if (failure.name === 'ResourceNotFoundException')
    return `create the table ${table} in ${region}, or name the right one in the configuration`;
  if (failure.name === 'ValidationException') return 'the record is larger than 400 KB, or the table has other keys than pk and sk';
  return hintFor(failure, { permission, resource: `the table ${table}`, region });
}
