import { type ErrorDetails, NightshiftError } from './errors.ts';

/**
 * `missing`: no such secret, or no such version of it. `denied`: it may not be read. `key`: it may be read and not decrypted. `unusable`: its value is
 * not of the form that was asked for. `unavailable`: anything else.
 */
export type SecretTrouble = 'missing' | 'denied' | 'key' | 'unusable' | 'unavailable';

/** Thrown when a secret cannot be had. `retryable` says whether the same read may succeed later. */
export class SecretError extends NightshiftError {
  readonly code = 'secret';
  readonly secret: string;
  readonly trouble: SecretTrouble;
  override readonly retryable: boolean;

  constructor(
    message: string,
    details: ErrorDetails & { readonly secret: string; readonly trouble: SecretTrouble; readonly retryable?: boolean },
  ) {
    super(message, details);
    this.secret = details.secret;
    this.trouble = details.trouble;
    this.retryable = details.retryable ?? false;
  }
}
