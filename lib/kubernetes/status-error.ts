import { type Call, describeCall } from './call.ts';
import {
  ConflictError,
  ForbiddenError,
  GoneError,
  InvalidRequestError,
  type KubernetesError,
  NotFoundError,
  ServerError,
  TooManyRequestsError,
  UnauthorizedError,
} from './errors.ts';

/** An answer of 300 or above. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
  /** From the Retry-After header. */
  readonly retryAfterMs?: number | undefined;
}

const MESSAGE_LIMIT = 400;
/** Who sends no credentials, where the server allows that. Rights for it would be rights for everybody: what is missing is a login. */
const ANONYMOUS = 'system:anonymous';

/** Translates an HTTP refusal into the typed error that names the call, the server's own reason, and the human action. */
export function statusError(call: Call, refusal: Refusal, unauthorizedHint: string): KubernetesError {
  const { said, message, reason } = readStatus(refusal);
  const text = `cannot ${describeCall(call)}: ${message}`;
  const details = { cluster: call.cluster, status: refusal.status, ...(reason === undefined ? {} : { reason }) };
  const { status, retryAfterMs } = refusal;
  if (status === 401)
    return new UnauthorizedError(`cannot ${describeCall(call)}: the server does not accept the credentials (401)`, {
      ...details,
      hint: unauthorizedHint,
    });
  if (status === 403 && said?.includes(`User "${ANONYMOUS}"`))
    return new UnauthorizedError(`cannot ${describeCall(call)}: the server takes the request for nobody's, ${ANONYMOUS} (403)`, {
      ...details,
      hint: unauthorizedHint,
    });
  if (status === 403) return forbidden(call, text, details);
  if (status === 404)
    return new NotFoundError(text, { ...details, hint: 'it has gone, or the name, the namespace or the cluster is not the one meant' });
  if (status === 409)
    return new ConflictError(text, { ...details, hint: 'someone else changed or made it meanwhile: read it again and decide again' });
  if (status === 410) return new GoneError(text, { ...details, hint: 'the list took longer than the server remembers: run again' });
  if (status === 429)
    return new TooManyRequestsError(text, {
      ...details,
      retryAfterMs,
      hint: `the API server sheds load: run again ${later(retryAfterMs)}, or with fewer requests in flight`,
    });
  if (status >= 500)
    return new ServerError(text, {
      ...details,
      retryAfterMs,
      hint: `the API server is in trouble: look at its health, then run again${retryAfterMs === undefined ? '' : ` ${later(retryAfterMs)}`}`,
    });
  return new InvalidRequestError(text, { ...details, hint: 'the server will never accept this as it stands: correct the object' });
}

/** A wait that the server asked for and that was too long to be begun is the reader's now. */
function later(retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined ? 'later' : `after the ${Math.ceil(retryAfterMs / 1000)} s that it asks for`;
}

function forbidden(call: Call, text: string, details: { readonly cluster: string; readonly status: number }): ForbiddenError {
  const { resource, verb, namespace } = call;
  const role = namespace === undefined ? 'a ClusterRole' : `a ClusterRole, or a Role in namespace ${namespace.slice(0, 63)}`;
  return new ForbiddenError(text, {
    ...details,
    permission: { apiGroup: resource.group, resource: resource.plural, verb, ...(namespace === undefined ? {} : { namespace }) },
    hint: `the identity is known, RBAC refuses: bind it to ${role} with the rule {apiGroups: ["${resource.group}"], resources: ["${resource.plural}"], verbs: ["${verb}"]}`,
  });
}

/** The server's `Status` when it sent one; proxies and load balancers send anything, of which nothing is repeated. */
function readStatus({ status, body }: Refusal): {
  readonly said: string | undefined;
  readonly message: string;
  readonly reason?: string;
} {
  const parsed = parseObject(body);
  const said = typeof parsed.message === 'string' && parsed.kind === 'Status' ? parsed.message : undefined;
  const reason = typeof parsed.reason === 'string' ? parsed.reason.slice(0, 60) : undefined;
  return {
    said,
    message: said === undefined ? `the server answered ${status}` : `${cut(said)} (${status})`,
    ...(reason === undefined ? {} : { reason }),
  };
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MESSAGE_LIMIT ? line : `${line.slice(0, MESSAGE_LIMIT)}…`;
}
