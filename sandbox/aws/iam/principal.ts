import { accountOf } from '../arns.ts';

/** Whom a statement of a resource's policy speaks of. */
export type Principal =
  | { readonly kind: 'anybody' }
  /** Everyone of an account: its number, or `arn:aws:iam::<account>:root`. */
  | { readonly kind: 'account'; readonly account: string }
  /** A user, a role with all its sessions, or one session, by ARN. */
  | { readonly kind: 'identity'; readonly arn: string }
  /** `lambda.amazonaws.com` */
  | { readonly kind: 'service'; readonly name: string }
  /** An identity provider: it signs tokens, not requests. */
  | { readonly kind: 'federated' };

/** Who asks. */
export type Asker =
  | { readonly kind: 'identity'; readonly arn: string /** Of a session: the role's own ARN. */; readonly roleArn?: string | undefined }
  | { readonly kind: 'service'; readonly name: string };

export function matchesPrincipal(principal: Principal, asker: Asker): boolean {
  switch (principal.kind) {
    case 'anybody':
      return true;
    case 'account':
      return asker.kind === 'identity' && accountOf(asker.arn) === principal.account;
    case 'identity':
      return asker.kind === 'identity' && (principal.arn === asker.arn || principal.arn === asker.roleArn);
    case 'service':
      return asker.kind === 'service' && asker.name === principal.name;
    case 'federated':
      return false;
    default:
      return principal satisfies never;
  }
}
