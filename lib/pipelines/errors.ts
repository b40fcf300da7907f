import { BadInputError, type ErrorDetails, NightshiftError } from '../platform/errors.ts';

export type Service = 'jenkins' | 'github';

export const SERVICE_NAMES: Readonly<Record<Service, string>> = { jenkins: 'Jenkins', github: 'GitHub' };

/** What every error of a CI server carries beside its message. Never a token, a parameter's value or a body of its. */
export interface PipelineErrorDetails extends ErrorDetails {
  readonly service: Service;
  /** HTTP status, when the server answered. */
  readonly status?: number;
}

/** Base of everything that a CI server, or the way to it, can answer. */
export abstract class PipelineError extends NightshiftError {
  readonly code: string;
  readonly service: Service;
  readonly status: number | undefined;

  constructor(kind: string, message: string, details: PipelineErrorDetails) {
    super(message, details);
    this.code = `${details.service}_${kind}`;
    this.service = details.service;
    this.status = details.status;
  }
}

/** 401: the server does not know who asks. */
export class UnauthorizedError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('unauthorized', message, details);
  }
}

/** 403: the identity is known, and may not do this. */
export class ForbiddenError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('forbidden', message, details);
  }
}

/** 403 of Jenkins's protection against forged requests: a crumb was asked for, sent with its session, and not taken. */
export class CrumbError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('crumb', message, details);
  }
}

/** 404: no such job, repository, workflow or run, or none that the caller may see. */
export class NotFoundError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('not_found', message, details);
  }
}

/** 409: disabled, not buildable, or already over. */
export class ConflictError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('conflict', message, details);
  }
}

/** The server wants fewer requests, for longer than the time budget lasts. `retryAfterMs` is what it asked for. */
export class RateLimitError extends PipelineError {
  override readonly retryable = true;
  readonly retryAfterMs: number;

  constructor(message: string, details: PipelineErrorDetails & { readonly retryAfterMs: number }) {
    super('rate_limited', message, details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** A 5xx, a redirect or an answer of the wrong shape: the server, or something before it, is not well. */
export class BadAnswerError extends PipelineError {
  override readonly retryable: boolean;

  constructor(message: string, details: PipelineErrorDetails & { readonly retryable: boolean }) {
    super('bad_answer', message, details);
    this.retryable = details.retryable;
  }
}

/** No answer came. `sent` says whether the server may have got the request, and with it whether sending it again is safe. */
export class UnreachableError extends PipelineError {
  override readonly retryable: boolean;
  readonly sent: 'no' | 'unknown';

  constructor(message: string, details: PipelineErrorDetails & { readonly sent: 'no' | 'unknown'; readonly retryable: boolean }) {
    super('unreachable', message, details);
    this.sent = details.sent;
    this.retryable = details.retryable;
  }
}

/** A trigger was sent and its answer got lost: something may run. It is not sent again; a person has to look first. */
export class UncertainTriggerError extends PipelineError {
  constructor(message: string, details: PipelineErrorDetails) {
    super('uncertain', message, details);
  }
}

/** What was asked for can never succeed as it stands: a parameter, a ref, an input. Nothing was started. */
export class InvalidTriggerError extends BadInputError {
  readonly service: Service;
  readonly status: number | undefined;

  constructor(message: string, details: PipelineErrorDetails) {
    super(message, details);
    this.service = details.service;
    this.status = details.status;
  }
}
