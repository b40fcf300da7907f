import { AwsFault } from './fault.ts';
import { type Identity, newSession } from './identities.ts';
import type { AwsRequest, AwsResponse, ServiceFront } from './service.ts';
import { type XmlValue, xmlDocument } from './xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const VERSION = '2011-06-15';

/** What a role's trust policy asks of those who assume it. */
export interface SandboxRole {
  readonly externalId?: string;
}

export interface StsOptions {
  readonly roles: ReadonlyMap<string, SandboxRole>;
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

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

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
  addIdentity(session);
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

/** STS over the query protocol: POST forms, and the presigned GET that cluster tokens are made of. */
export function stsFront(options: StsOptions): ServiceFront {
  return {
    parse({ method, query, body, identity }: AwsRequest) {
      const input = method === 'GET' ? query : new URLSearchParams(body.toString());
      if (input.get('Version') !== VERSION)
        throw new AwsFault(400, 'InvalidAction', `Could not find operation for version ${input.get('Version')}`);
      const action = input.get('Action');
      switch (action) {
        case 'GetCallerIdentity': {
          const { arn, userId } = identity;
          return { name: action, resource: '*', apply: () => answer(action, { Arn: arn, UserId: userId, Account: accountOf(arn) }) };
        }
        case 'AssumeRole':
          return { name: action, resource: input.get('RoleArn') ?? '', apply: () => assumeRole(options, identity, input) };
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
