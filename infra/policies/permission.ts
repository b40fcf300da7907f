import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One statement of a role's policy, with the reason for it: `docs/deploying.md` repeats it, and a test asks for both. */
export interface Permission {
  /** Letters and digits; the statement's `Sid`, by which the documentation names it. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly reason: string;
  /** Why no narrower resource will do; asked for where `resources` is `*`. */
  readonly wildcardReason?: string;
}

export function statementOf({ sid, actions, resources }: Permission): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
}
