import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { authenticate, claimedScope, type WireRequest } from './authenticate.ts';
import { type Authorisation, authoriser } from './authorise.ts';
import { unchunk } from './aws-chunked.ts';
import { AwsFault } from './fault.ts';
import { type FaultInjection, statusOf } from './fault-injection.ts';
import type { IdentityLookup } from './identities.ts';
import type { AwsLogEntry } from './request-log.ts';
import {
  AWS_SERVICES,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type Demand,
  type OpenFront,
  type Operation,
  type ServiceFront,
} from './service.ts';

export interface Dispatch {
  readonly fronts: Readonly<Record<AwsService, ServiceFront>>;
  /** What of STS is asked without a signature. */
  readonly openSts: OpenFront;
  readonly lookup: IdentityLookup;
  readonly organization: string;
  readonly faults: FaultInjection;
  readonly now: () => number;
  readonly log: (entry: AwsLogEntry) => void;
}

/** `drop` means: cut the connection without an answer. */
export type Answer = AwsResponse | 'drop';

interface Progress {
  readonly service: AwsService | 'unknown';
  operation: Operation | undefined;
  readonly authorised: Authorisation[];
}

const services: ReadonlySet<string | undefined> = new Set(AWS_SERVICES);
const isService = (name: string | undefined): name is AwsService => services.has(name);

function verified(request: WireRequest, { lookup, now }: Dispatch): AwsRequest {
  const auth = authenticate(request, lookup, now());
  const { body, trailers } = unchunk(request.body, request.headers, auth);
  return {
    method: request.method,
    rawPath: request.rawPath,
    query: new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value])),
    headers: { ...request.headers, ...trailers },
    body,
    identity: auth.identity,
    region: auth.scope.region,
  };
}

async function act(dispatch: Dispatch, service: AwsService, operation: Operation, demand: Demand): Promise<Answer> {
  for (const permission of operation.permissions) demand(permission);
  const effect = dispatch.faults.take(service, operation);
  switch (effect?.kind) {
    case 'error':
      throw new AwsFault(statusOf(effect), effect.code, effect.message ?? 'Injected by the sandbox.');
    case 'drop':
      if (effect.when === 'after') operation.apply(demand);
      return 'drop';
    case 'delay':
      await delay(effect.ms);
      return operation.apply(demand);
    case undefined:
      return operation.apply(demand);
    default:
      return effect satisfies never;
  }
}

/** IAM has nothing to say about a request without a caller; whoever answers it has checked what it holds. */
async function actOpen(dispatch: Dispatch, operation: Operation): Promise<Answer> {
  return act(dispatch, 'sts', operation, () => {});
}

/** A bug of the endpoint itself must look like one, not like a dropped connection. */
const asFault = (error: unknown): AwsFault =>
  error instanceof AwsFault
    ? error
    : new AwsFault(500, 'InternalError', `The sandbox failed: ${error instanceof Error ? error.message : String(error)}`);

async function actSigned(dispatch: Dispatch, request: WireRequest, progress: Progress): Promise<Answer> {
  const authenticated = verified(request, dispatch);
  const { service } = progress;
  if (service === 'unknown')
    throw new AwsFault(501, 'NotImplemented', `The service ${claimedScope(request)?.service} is not implemented by this endpoint`);
  progress.operation = dispatch.fronts[service].parse(authenticated);
  const caller = { identity: authenticated.identity, region: authenticated.region, organization: dispatch.organization };
  const demand = authoriser(caller, (said) => progress.authorised.push(said));
  return act(dispatch, service, progress.operation, demand);
}

const isUnsigned = ({ headers }: WireRequest): boolean => headers.authorization === undefined;

/** From a request as it came to an answer in the words of its service; every request leaves one line in the log. */
export async function dispatchRequest(dispatch: Dispatch, request: WireRequest): Promise<Answer> {
  const scope = claimedScope(request);
  const open = scope === undefined && isUnsigned(request) ? dispatch.openSts(request) : undefined;
  const service = open ? 'sts' : isService(scope?.service) ? scope.service : 'unknown';
  const progress: Progress = { service, operation: open, authorised: [] };
  const front = dispatch.fronts[progress.service === 'unknown' ? 's3' : progress.service];
  let answer: Answer;
  let errorCode: string | undefined;
  try {
    answer = open ? await actOpen(dispatch, open) : await actSigned(dispatch, request, progress);
  } catch (error) {
    const { code, message, status, headers, fields } = asFault(error);
    errorCode = code;
    const resource = progress.operation?.resource ?? request.rawPath.slice(1);
    const failed = front.fail(code, message, status, { requestId: randomUUID(), resource, fields, head: request.method === 'HEAD' });
    answer = { ...failed, headers: { ...failed.headers, ...headers } };
  }
  dispatch.log({
    at: dispatch.now(),
    service: progress.service,
    operation: progress.operation?.name ?? '',
    resource: progress.operation?.resource ?? '',
    accessKeyId: scope?.accessKeyId ?? '',
    authorised: progress.authorised,
    status: answer === 'drop' ? 0 : answer.status,
    ...(errorCode === undefined ? {} : { errorCode }),
  });
  return answer;
}
