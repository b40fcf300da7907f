import { accountOf } from './arns.ts';
import { AwsFault } from './fault.ts';
import type { Statement } from './iam/statement.ts';
import { type Identity, newSession } from './identities.ts';
import type { AwsRequest, AwsResponse, Permission, ServiceFront } from './service.ts';
import { type XmlValue, xmlDocument } from './xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const VERSION = '2011-06-15';

/** A role as STS knows it: what its trust policy asks of those who assume it, and what its sessions may do. */
export interface KnownRole {
  readonly externalId?: string;
  /** Without any, sessions may do everything. */
  readonly statements?: readonly Statement[];
}

export interface StsOptions {
  readonly roles: ReadonlyMap<string, KnownRole>;
  readonly addIdentity: (identity: Identity) => void;
  readonly now: () => number;
}

/** Codes of {@link authenticate} in the words of STS. */
const stsCodes: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
};

const invalid = (message: string): AwsFault => new AwsFault(400, 'ValidationError', message);

function answer(action: string, result: XmlValue): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: xmlDocument(`${action}Response`, NAMESPACE, { [`${action}Result`]: result, ResponseMetadata: { RequestId: 'sandbox' } }),
  };
}

function assumeRole({ roles, addIdentity, now }: StsOptions, caller: Identity, input: URLSearchParams): AwsResponse {
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
  const expiresAt = now() + seconds * 1000;
  const session = newSession(arn, name, expiresAt);
  addIdentity({ ...session, ...(role.statements && { statements: role.statements }) });
  return answer('AssumeRole', {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(expiresAt).toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  });
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
            apply: () => answer(action, { Arn: arn, UserId: userId, Account: accountOf(arn) }),
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
      const body = xmlDocument('ErrorResponse', NAMESPACE, {
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: stsCodes[code] ?? code, Message: message },
        RequestId: requestId,
      });
      return { status, headers: { 'content-type': 'text/xml' }, body };
    },
  };
}
