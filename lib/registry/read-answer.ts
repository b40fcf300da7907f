import { parseRetryAfter } from '../platform/retry-after.ts';
import type { RegistryAnswer } from './exchange.ts';
import { RegistryError, type RegistryErrorDetails } from './registry-error.ts';

/** What was asked, for messages. */
export interface Asked {
  readonly registry: string;
  /** `ghcr.io/shop/web:2.4.1`, or a token for it. */
  readonly subject: string;
  /** Epoch ms, for a Retry-After that is a date. */
  readonly now: number;
  readonly loggedIn: boolean;
}

/** The error that an answer other than 2xx is. The words of the registry are left out: they may hold what was sent. */
export function answerError({ status, headers }: Pick<RegistryAnswer, 'status' | 'headers'>, asked: Asked): RegistryError {
  const { registry, subject } = asked;
  const error = (why: string, details: Omit<RegistryErrorDetails, 'registry' | 'status'>): RegistryError =>
    new RegistryError(`${subject} could not be looked up: ${why}`, { registry, status, ...details });
  switch (status) {
    case 401:
      return asked.loggedIn
        ? error(`${registry} does not take the credentials, or knows no such repository`, {
            trouble: 'unauthorized',
            hint: 'check the credentials, what they may read, and the name of the repository',
          })
        : error(`${registry} asks for credentials`, {
            trouble: 'unauthorized',
            hint: 'give credentials for this registry, or check the name: some ask for them where there is no such repository',
          });
    case 403:
      return error(`${registry} does not let it be read`, { trouble: 'forbidden', hint: 'allow the credentials to pull this repository' });
    case 404:
      return error('there is no such image', { trouble: 'missing', hint: 'check the repository, the tag and that the push has ended' });
    case 429: {
      const retryAfterMs = parseRetryAfter(headers['retry-after'], asked.now);
      const trouble = 'rate-limited';
      return error(`${registry} wants fewer requests`, { trouble, retryable: true, retryAfterMs, hint: 'log in, or try again later' });
    }
    default:
      if (status >= 500) {
        const retryAfterMs = parseRetryAfter(headers['retry-after'], asked.now);
        const hint = 'the registry had an error of its own: try again in a minute';
        return error(`${registry} answered ${status}`, { trouble: 'unreachable', retryable: true, retryAfterMs, hint });
      }
      return error(`${registry} answered ${status}, as no registry does`, { trouble: 'bad-answer', hint: 'check that this is a registry' });
  }
}
