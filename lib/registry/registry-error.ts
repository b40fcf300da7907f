import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';

/**
 * `unauthorized`: credentials are missing or not taken. `forbidden`: they are taken and may not read this. `missing`: no such repository, tag or
 * digest, or none that may be seen. `rate-limited`: too many requests. `refused`: an address, or a place for credentials, that may not be spoken to.
 * `bad-answer`: an answer that no registry gives. `unreachable`: no answer, or a failure inside.
 */
export type RegistryTrouble = 'unauthorized' | 'forbidden' | 'missing' | 'rate-limited' | 'refused' | 'bad-answer' | 'unreachable';

export interface RegistryErrorDetails extends ErrorDetails {
  readonly registry: string;
  readonly trouble: RegistryTrouble;
  readonly status?: number | undefined;
  readonly retryable?: boolean;
  /** How long the registry asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** An image's digest could not be had from its registry. */
export class RegistryError extends NightshiftError {
  readonly code = 'registry';
  readonly registry: string;
  readonly trouble: RegistryTrouble;
  readonly status: number | undefined;
  override readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: RegistryErrorDetails) {
    super(message, details);
    this.registry = details.registry;
    this.trouble = details.trouble;
    this.status = details.status;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}
