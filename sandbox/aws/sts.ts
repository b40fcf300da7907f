import { accountOf } from './arns.ts';
import { AwsFault } from './fault.ts';
import type { AwsRequest, OpenFront, ServiceFront } from './service.ts';
import { STS_NAMESPACE, stsAnswer } from './sts-answer.ts';
import { assumePermission, assumeRole, type StsOptions } from './sts-assume-role.ts';
import { assumeRoleWithWebIdentity, type WebIdentityOptions } from './web-identity.ts';
import { xmlDocument } from './xml.ts';

const VERSION = '2011-06-15';

/** Codes of {@link authenticate} in the words of STS. */
const stsCodes: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'SignatureDoesNotMatch',
};

/** STS over the query protocol: POST forms, and the presigned GET that cluster tokens are made of. */
export function stsFront(options: StsOptions): ServiceFront {
  return {
    parse({ method, query, body, identity, region }: AwsRequest) {
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
            apply: () => assumeRole(options, { identity, region }, input),
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
