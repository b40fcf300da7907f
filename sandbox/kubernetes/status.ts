import type { Resource } from '../../lib/kubernetes/client.ts';
import type { JsonObject } from './json.ts';

export interface FieldCause {
  /** `FieldValueInvalid`, `FieldValueRequired`, … */
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface StatusFields {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: JsonObject;
  readonly continueToken?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal of the API, thrown inside the server and answered as a Status object. */
export class StatusError extends Error {
  readonly fields: StatusFields;

  constructor(fields: StatusFields) {
    super(fields.message);
    this.name = 'StatusError';
    this.fields = fields;
  }
}

/** The body of a Status answer, in the order of fields that the API server writes. */
export function statusBody(fields: StatusFields): JsonObject {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: fields.continueToken === undefined ? {} : { continue: fields.continueToken },
    status: 'Failure',
    message: fields.message,
    reason: fields.reason,
    ...(fields.details ? { details: fields.details } : {}),
    code: fields.code,
  };
}

/** `deployments.apps`, or `pods` in the core group. */
export function qualified(resource: Pick<Resource, 'group' | 'plural'>): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
}

function detailsOf(resource: Pick<Resource, 'group' | 'plural'>, name: string | undefined): JsonObject {
  return { ...(name ? { name } : {}), ...(resource.group ? { group: resource.group } : {}), kind: resource.plural };
}

export function notFound(resource: Pick<Resource, 'group' | 'plural'>, name: string): StatusError {
  const message = `${qualified(resource)} "${name}" not found`;
  return new StatusError({ code: 404, reason: 'NotFound', message, details: detailsOf(resource, name) });
}

/** The answer for a path that names no resource. */
export function noSuchResource(): StatusError {
  return new StatusError({ code: 404, reason: 'NotFound', message: 'the server could not find the requested resource', details: {} });
}

export function alreadyExists(resource: Resource, name: string): StatusError {
  const message = `${qualified(resource)} "${name}" already exists`;
  return new StatusError({ code: 409, reason: 'AlreadyExists', message, details: detailsOf(resource, name) });
}

export const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(resource: Resource, name: string, why: string = STALE): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`;
  return new StatusError({ code: 409, reason: 'Conflict', message, details: detailsOf(resource, name) });
}

/** Refused although the caller is known and may do such things in general; RBAC refusals have their own wording in `rbac.ts`. */
export function forbidden(
  resource: Pick<Resource, 'group' | 'plural'>,
  name: string | undefined,
  why: string,
  causes?: FieldCause[],
): StatusError {
  const message = `${qualified(resource)}${name ? ` "${name}"` : ''} is forbidden: ${why}`;
  const details = { ...detailsOf(resource, name), ...(causes ? { causes: causes.map((cause) => ({ ...cause })) } : {}) };
  return new StatusError({ code: 403, reason: 'Forbidden', message, details });
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

/** 422 with every problem; `kind` is the kind's name, not the resource's. */
export function invalid(kind: Pick<Resource, 'group' | 'kind'>, name: string, causes: readonly FieldCause[]): StatusError {
  const qualifiedKind = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const lines = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualifiedKind} ${JSON.stringify(name)} is invalid: ${list}`,
    details: {
      ...(name ? { name } : {}),
      ...(kind.group ? { group: kind.group } : {}),
      ...(kind.kind ? { kind: kind.kind } : {}),
      causes: causes.map((cause) => ({ ...cause })),
    },
  });
}

/** A patch that can't be applied to the object as it is (a failed `test`, a path that does not exist). */
export function unprocessable(): StatusError {
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });
}

export function methodNotAllowed(): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  });
}

/** @param continueToken starts the rest of the list over from where the expired page ended, at today's state. */
export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message, ...(continueToken === undefined ? {} : { continueToken }) });
}
