import { contextOf } from './authorise.ts';
import { AwsFault } from './fault.ts';
import type { RequestContext } from './iam/conditions.ts';
import { evaluateFor } from './iam/evaluate.ts';
import type { KnownRole } from './principals.ts';
import type { AwsRequest, AwsResponse, Permission } from './service.ts';
import type { OpenSession } from './sessions.ts';
import { sessionResult, stsAnswer } from './sts-answer.ts';

export interface StsOptions {
  readonly roles: ReadonlyMap<string, KnownRole>;
  readonly openSession: OpenSession;
  /** The organisation of all accounts. */
  readonly organization: string;
  readonly now: () => number;
}

/** What of a request STS looks at. */
export type StsCaller = Pick<AwsRequest, 'identity' | 'region'>;

/** Of a session that another session opens. */
const LONGEST_CHAINED_S = 3600;

const invalid = (message: string): AwsFault => new AwsFault(400, 'ValidationError', message);

/** Opens a session of the role that `input` names, if the role trusts the caller. @throws AwsFault */
export function assumeRole(options: StsOptions, caller: StsCaller, input: URLSearchParams): AwsResponse {
  const roleArn = input.get('RoleArn') ?? '';
  const sessionName = input.get('RoleSessionName') ?? '';
  const seconds = Number(input.get('DurationSeconds') ?? 3600);
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(roleArn)) throw invalid(`${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid("Value at 'roleSessionName' failed to satisfy constraint");
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw invalid("Value at 'durationSeconds' failed to satisfy constraint");
  if (caller.identity.roleArn !== undefined && seconds > LONGEST_CHAINED_S)
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  const role = options.roles.get(roleArn);
  // A role that trusts others reads like a missing one: STS does not tell strangers which.
  if (!role || !trusts(role, options, caller, assumePermission(input))) {
    const { arn } = caller.identity;
    throw new AwsFault(403, 'AccessDenied', `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`);
  }
  const session = options.openSession({ roleArn, sessionName, expiresAt: options.now() + seconds * 1000 });
  return stsAnswer('AssumeRole', sessionResult(session));
}

type AssumePermission = Permission & { readonly context: RequestContext };

/**
 * What the caller's own policy is asked. It always is, which is stricter than AWS in one case: a trust policy that names a principal of its own
 * account by ARN would do without.
 */
export function assumePermission(input: URLSearchParams): AssumePermission {
  const given = [
    ['sts:ExternalId', input.get('ExternalId')],
    ['sts:RoleSessionName', input.get('RoleSessionName')],
  ] as const;
  const context = Object.fromEntries(given.flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
  return { action: 'sts:AssumeRole', resource: input.get('RoleArn') ?? '', context };
}

/** `aws:PrincipalArn` is the role's ARN for a session, as everywhere in IAM. */
function trusts(role: KnownRole, { organization }: StsOptions, { identity, region }: StsCaller, permission: AssumePermission): boolean {
  if (!role.trust) return role.externalId === permission.context['sts:ExternalId'];
  const asker = { kind: 'identity', arn: identity.arn, roleArn: identity.roleArn } as const;
  const context = contextOf({ identity, region, organization }, permission);
  return evaluateFor(asker, role.trust, { ...permission, context }) === 'allowed';
}
