import type { Authorisation } from './authorise.ts';
import type { AwsService } from './service.ts';

/** One request as the endpoint saw it; the operations add up to the permissions that a program really uses. */
export interface AwsLogEntry {
  /** Epoch milliseconds of the sandbox's clock. */
  readonly at: number;
  readonly service: AwsService | 'unknown';
  /** As IAM names it; '' when the request could not be read that far. */
  readonly operation: string;
  readonly resource: string;
  readonly accessKeyId: string;
  /** What IAM was asked and said, in that order; it ends with the first refusal. */
  readonly authorised: readonly Authorisation[];
  /** 0 when the connection was cut instead of an answer. */
  readonly status: number;
  readonly errorCode?: string;
}
