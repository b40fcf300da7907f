import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';

/** Thrown when a channel could not tell anybody. Holds neither the channel's address nor what should have been said. */
export class NotifyError extends NightshiftError {
  readonly code = 'notify';
  readonly channel: string;
  /** HTTP status, when the channel answered. */
  readonly status: number | undefined;

  constructor(message: string, details: ErrorDetails & { readonly channel: string; readonly status?: number }) {
    super(message, details);
    this.channel = details.channel;
    this.status = details.status;
  }
}
