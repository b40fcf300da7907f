import { type ErrorDetails, NightshiftError } from '../platform/errors.ts';
import type { Verb } from './call.ts';

/** What every error of the API carries beside its message. Never headers, never a body beyond the server's own (cut) Status message. */
export interface KubernetesErrorDetails extends ErrorDetails {
  readonly cluster: string;
  /** HTTP status, when the server answered. */
  readonly status?: number;
  /** `Status.reason` of the server: `NotFound`, `AlreadyExists`, `Expired`, … */
  readonly reason?: string;
}

/** Base of everything the API server, or the way to it, can answer. */
export abstract class KubernetesError extends NightshiftError {
  readonly cluster: string;
  readonly status: number | undefined;
  readonly reason: string | undefined;

  constructor(message: string, details: KubernetesErrorDetails) {
    super(message, details);
    this.cluster = details.cluster;
    this.status = details.status;
    this.reason = details.reason;
  }
}

/**
 * 401, or 403 for `system:anonymous`: the server does not know who asks. No, expired or foreign credentials, the wrong cluster, a wrong clock; not a
 * matter of RBAC.
 */
export class UnauthorizedError extends KubernetesError {
  readonly code = 'kubernetes_unauthorized';
}

/** No credentials could be had to ask with: a plugin failed, a token file vanished, a role refused. Nothing was sent to the cluster. */
export class CredentialsError extends KubernetesError {
  readonly code = 'kubernetes_credentials';
}

/** EKS knows the cluster, and it is not in a state to be worked on: still being created, being deleted, failed. */
export class ClusterNotReadyError extends KubernetesError {
  readonly code = 'kubernetes_cluster_not_ready';
  override readonly retryable = true;
}

/** The permission that RBAC did not find, as it would stand in a Role. */
export interface MissingPermission {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: Verb;
  /** Absent when the permission is needed cluster-wide. */
  readonly namespace?: string;
}

/** 403: the identity is known, RBAC does not allow the call. `hint` holds the rule to add. */
export class ForbiddenError extends KubernetesError {
  readonly code = 'kubernetes_forbidden';
  readonly permission: MissingPermission;

  constructor(message: string, details: KubernetesErrorDetails & { readonly permission: MissingPermission }) {
    super(message, details);
    this.permission = details.permission;
  }
}

/** 404: no such object, namespace or kind. Often an expected outcome: something vanished between list and patch. */
export class NotFoundError extends KubernetesError {
  readonly code = 'kubernetes_not_found';
}

/** 409: the object has moved on since it was read (read again, decide again), or already exists (`reason` tells). */
export class ConflictError extends KubernetesError {
  readonly code = 'kubernetes_conflict';
  override readonly retryable = true;
}

/** 410: the continue token or resourceVersion is too old; lists restart once before this is thrown. */
export class GoneError extends KubernetesError {
  readonly code = 'kubernetes_gone';
  override readonly retryable = true;
}

/** 400, 415, 422 and any other refusal of the request itself: it will never succeed as it stands. */
export class InvalidRequestError extends KubernetesError {
  readonly code = 'kubernetes_invalid';
}

/** 429 after all retries: the server sheds load. `retryAfterMs` is what it asked for last. */
export class TooManyRequestsError extends KubernetesError {
  readonly code = 'kubernetes_too_many_requests';
  override readonly retryable = true;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: KubernetesErrorDetails & { readonly retryAfterMs?: number | undefined }) {
    super(message, details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** 5xx, after retries where sending again was safe. A write may or may not have happened. */
export class ServerError extends KubernetesError {
  readonly code = 'kubernetes_server_error';
  override readonly retryable = true;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: KubernetesErrorDetails & { readonly retryAfterMs?: number | undefined }) {
    super(message, details);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * Why no answer came. `tls-*` never heal by themselves; `timeout`, `connection-lost` leave open whether a write happened. `proxy`: the proxy in
 * between is at fault, and the cluster was not reached.
 */
export type UnreachableCause =
  | 'dns'
  | 'refused'
  | 'no-route'
  | 'connect-timeout'
  | 'timeout'
  | 'connection-lost'
  | 'tls-untrusted'
  | 'tls-expired'
  | 'tls-hostname'
  | 'tls-client-certificate'
  | 'tls'
  | 'proxy'
  | 'bad-answer';

/** No usable answer came from the server. */
export class UnreachableError extends KubernetesError {
  readonly code = 'kubernetes_unreachable';
  readonly failure: UnreachableCause;
  override readonly retryable: boolean;

  constructor(message: string, details: KubernetesErrorDetails & { readonly failure: UnreachableCause; readonly retryable?: boolean }) {
    super(message, details);
    this.failure = details.failure;
    this.retryable = details.retryable ?? (!details.failure.startsWith('tls') && details.failure !== 'bad-answer');
  }
}
