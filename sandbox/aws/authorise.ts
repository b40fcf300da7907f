import { accountOf } from './arns.ts';
import { AwsFault } from './fault.ts';
import type { RequestContext } from './iam/conditions.ts';
import { evaluate, type Verdict } from './iam/evaluate.ts';
import type { Identity } from './identities.ts';
import type { Demand, Permission } from './service.ts';

/** An answer of IAM, for the log; `context` holds every condition key that could have mattered. */
export interface Authorisation extends Permission {
  readonly context: RequestContext;
  readonly allowed: boolean;
}

export interface Caller {
  readonly identity: Identity;
  readonly region: string;
  /** The organisation that all accounts of the sandbox belong to. */
  readonly organization: string;
}

/** What AWS knows of every request. The sandbox's plain port stands for AWS's TLS. */
export function contextOf({ identity, region, organization }: Caller, { resource, context }: Permission): RequestContext {
  const principal = identity.roleArn ?? identity.arn;
  return {
    'aws:PrincipalAccount': accountOf(principal),
    'aws:PrincipalArn': principal,
    'aws:RequestedRegion': region,
    // Buckets name no account in their ARNs.
    'aws:ResourceAccount': accountOf(resource) || accountOf(principal),
    'aws:ResourceOrgID': organization,
    'aws:SecureTransport': 'true',
    ...context,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html; S3 alone puts the resource in quotes. */
function refusal({ arn }: Identity, { action, resource }: Permission, verdict: Exclude<Verdict, 'allowed'>): AwsFault {
  const named = action.startsWith('s3:') ? JSON.stringify(resource) : resource;
  const why =
    verdict === 'explicitly denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return new AwsFault(403, 'AccessDenied', `User: ${arn} is not authorized to perform: ${action} on resource: ${named} ${why}`);
}

/** IAM for one request. `record` hears of every answer; an identity without policies may do everything. */
export function authoriser(caller: Caller, record: (answer: Authorisation) => void): Demand {
  const { identity } = caller;
  return (permission) => {
    const context = contextOf(caller, permission);
    const verdict = identity.statements ? evaluate(identity.statements, { ...permission, context }) : 'allowed';
    record({ ...permission, context, allowed: verdict === 'allowed' });
    if (verdict !== 'allowed') throw refusal(identity, permission, verdict);
  };
}
