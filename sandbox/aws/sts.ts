import { accountOf } from './arns.ts';
import { AwsFault } from './fault.ts';
import type { Identity } from './identities.ts';
import type { KnownRole } from './principals.ts';
import type { AwsRequest, AwsResponse, OpenFront, Permission, ServiceFront } from './service.ts';
import type { OpenSession } from './sessions.ts';
import { STS_NAMESPACE, sessionResult, stsAnswer } from './sts-answer.ts';
import { assumeRoleWithWebIdentity, type WebIdentityOptions } from './web-identity.ts';
import { xmlDocument } from './xml.ts';

const VERSION = '2011-06-15';

export interface StsOptions {
  readonly roles: ReadonlyMap<string, KnownRole>;
  readonly openSession: OpenSession;
  readonly now: () => number;
}

/** Codes of {@link authenticate} in the words of STS. */
const stsCodes: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
};

const invalid = (message: string): AwsFault => new AwsFault(400, 'ValidationError', message);

function assumeRole({ roles, openSession, now }: StsOptions, caller: Identity, input: URLSearchParams): AwsResponse {
  const arn = input.get('RoleArn') ?? '';
  const name = input.get('RoleSessionName') ?? '';
  const seconds = Number(input.get('DurationSeconds') ?? 3600);
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(arn)) throw invalid(`${arn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) throw invalid("Value at 'roleSessionName' failed to satisfy constraint");
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw invalid("Value at 'durationSeconds' failed to satisfy constraint");
  const role = roles.get(arn);
  // A wrong external id reads like a missing role: STS does not tell strangers which.
  if (!role || role.externalId !== (input.get('ExternalId') ?? undefined)) {
    throw new AwsFault(403, 'AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`);
  }
  return stsAnswer('AssumeRole', sessionResult(openSession({ roleArn: arn, sessionName: name, expiresAt: now() + seconds * 1000 })));
}

function assumePermission(input: URLSearchParams): Permission {
  const given = [
    ['sts:ExternalId', input.get('ExternalId')],
    ['sts:RoleSessionName', input.get('RoleSessionName')],
  ] as const;
  const context = Object.fromEntries(given.flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
  return { action: 'sts:AssumeRole', resource: input.get('RoleArn') ?? '', context };
}

/** STS over the query protocol: POST forms, and the presigned GET that cluster tokens are made of. */
export function stsFront(options: StsOptions): ServiceFront {
  return {
    parse({ method, query, body, identity }: AwsRequest) {
      const input = method === 'GET' ? query : new URLSearchParams(body.toString());
      if (input.get('Version') !== VERSION)
        throw new AwsFault(400, 'InvalidAction', `Could not find operation for version ${input.get('Version')}`);
      const action = input.get('Action');
      switch (action) {
        // Nobody is refused this, not even by an explicit deny.
        case 'GetCallerIdentity': {
          const { arn, userId } = identity;
          return {
            name: action,
            resource: '*',
            permissions: [],
            apply: () => stsAnswer(action, { Arn: arn, UserId: userId, Account: accountOf(arn) }),
          };
        }
        case 'AssumeRole':
          return {
            name: action,
            resource: input.get('RoleArn') ?? '',
            permissions: [assumePermission(input)],
            apply: () => assumeRole(options, identity, input),
          };
        default:
          throw new AwsFault(400, 'InvalidAction', `Could not find operation ${action} for version ${VERSION}`);
      }
    },
    fail(code, message, status, { requestId }) {
      const body = xmlDocument('ErrorResponse', STS_NAMESPACE, {
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: stsCodes[code] ?? code, Message: message },
        RequestId: requestId,
      });
      return { status, headers: { 'content-type': 'text/xml' }, body };
    },
  };
}

/** What of STS comes without a signature: a web identity token is its own proof. */
export function openSts(options: WebIdentityOptions): OpenFront {
  return ({ method, body }) => {
    const input = new URLSearchParams(method === 'POST' ? body.toString() : '');
    if (input.get('Version') !== VERSION || input.get('Action') !== 'AssumeRoleWithWebIdentity') return undefined;
    const resource = input.get('RoleArn') ?? '';
    return { name: 'AssumeRoleWithWebIdentity', resource, permissions: [], apply: () => assumeRoleWithWebIdentity(options, input) };
  };
}
