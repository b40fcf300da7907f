import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** One statement of a role's policy, with the reason for it: `docs/deploying.md` repeats it, and a test asks for both. */
export interface Permission {
  /** Letters and digits; the statement's `Sid`, by which the documentation names it. */
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operators, then keys, then values, as IAM has them. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** A statement that forbids stands above all that allow. @default allow */
  readonly effect?: 'allow' | 'deny';
  readonly reason: string;
  /** Why no narrower resource will do; asked for where `resources` is `*`. */
  readonly wildcardReason?: string;
}

export function statementOf({ sid, actions, resources, conditions, effect }: Permission): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: effect === 'deny' ? Effect.DENY : Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions }),
  });
}
