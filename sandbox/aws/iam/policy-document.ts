export type OneOrMany<T> = T | readonly T[];

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: OneOrMany<string>;
  readonly Resource: OneOrMany<string>;
  /** By operator, then by condition key. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<string | boolean>>>>>;
}

/** An identity-based policy as IAM takes it, in JSON. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: OneOrMany<PolicyStatement>;
}
