import type { RequestInfo } from './http/request-info.ts';
import { StatusError, type StatusFields } from './status.ts';

export type FaultStatus = 401 | 403 | 409 | 410 | 429 | 500 | 502 | 503 | 504;

/** Which requests a fault hits (all given fields must match) and what happens to them. */
export interface Fault {
  /** RBAC verbs: get, list, watch, create, update, patch, delete, deletecollection. */
  readonly verb?: string | readonly string[];
  /** Plural, `deployments` or `deployments/scale`. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** A path outside the resources, `/version`. */
  readonly path?: string;
  /** Only lists that go on from a continue token (true) or begin (false). */
  readonly continued?: boolean;
  /** This many matching requests pass first; 0 unless told. */
  readonly skip?: number;
  /** Then every n-th matching request is hit; 1 unless told. */
  readonly every?: number;
  /** After this many hits the fault is over; 1 unless told, `Infinity` until cleared. */
  readonly times?: number;
  /** Answers with this status and does nothing else. */
  readonly status?: FaultStatus;
  /** Sent as Retry-After with the status. */
  readonly retryAfterSeconds?: number;
  readonly message?: string;
  /** Waits before the request is looked at; goes together with the other effects. */
  readonly delayMs?: number;
  /**
   * Cuts the connection: `before` anything is done, `after` the request was carried out (the lost response), or in the middle of the `body`.
   */
  readonly drop?: 'before' | 'after' | 'body';
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}

/** What a request meets; effects of all faults that hit it, the first status and the first drop win. */
export interface FaultEffect {
  readonly delayMs: number;
  readonly error?: StatusError;
  readonly drop?: 'before' | 'after' | 'body';
}

interface Armed {
  readonly fault: Fault;
  seen: number;
  hits: number;
}

export class FaultList implements Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, seen: 0, hits: 0 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Counts the request against every fault that matches it. */
  meet(info: RequestInfo): FaultEffect {
    const hits = this.#armed.filter((armed) => matches(armed.fault, info) && strikes(armed)).map(({ fault }) => fault);
    const failing = hits.find(({ status }) => status !== undefined);
    const dropping = hits.find(({ drop }) => drop !== undefined);
    return {
      delayMs: hits.reduce((sum, { delayMs }) => sum + (delayMs ?? 0), 0),
      ...(failing ? { error: errorOf(failing) } : {}),
      ...(dropping?.drop ? { drop: dropping.drop } : {}),
    };
  }
}

function strikes(armed: Armed): boolean {
  const { skip = 0, every = 1, times = 1 } = armed.fault;
  const index = armed.seen++ - skip;
  if (index < 0 || index % every !== 0 || armed.hits >= times) return false;
  armed.hits++;
  return true;
}

function matches(fault: Fault, info: RequestInfo): boolean {
  const { resource } = info;
  const verbs = typeof fault.verb === 'string' ? [fault.verb] : fault.verb;
  const served = resource && (resource.subresource ? `${resource.plural}/${resource.subresource}` : resource.plural);
  return (
    (verbs === undefined || verbs.includes(info.verb)) &&
    (fault.resource === undefined || fault.resource === served) &&
    (fault.namespace === undefined || fault.namespace === resource?.namespace) &&
    (fault.name === undefined || fault.name === resource?.name) &&
    (fault.path === undefined || fault.path === info.path) &&
    (fault.continued === undefined || fault.continued === info.query.has('continue'))
  );
}

const REASONS: Readonly<Record<FaultStatus, readonly [reason: string, message: string]>> = {
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden by an injected fault'],
  409: [
    'Conflict',
    'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again',
  ],
  410: ['Expired', 'The provided continue parameter is too old to display a consistent list result.'],
  429: ['TooManyRequests', 'too many requests, please try again later'],
  500: ['InternalError', 'Internal error occurred: injected fault'],
  502: ['InternalError', 'bad gateway'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'Timeout: request did not complete within the allotted timeout'],
};

function errorOf(fault: Fault): StatusError {
  const code = fault.status ?? 500;
  const [reason, message] = REASONS[code];
  const fields: StatusFields = {
    code,
    reason,
    message: fault.message ?? message,
    ...(fault.retryAfterSeconds === undefined
      ? {}
      : { details: { retryAfterSeconds: fault.retryAfterSeconds }, headers: { 'Retry-After': String(fault.retryAfterSeconds) } }),
  };
  return new StatusError(fields);
}
