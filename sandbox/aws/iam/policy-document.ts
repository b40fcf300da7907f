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

/** Whom a statement speaks of: `*`, or ARNs and account numbers by `AWS`, services by `Service`, identity providers by `Federated`. */
export type PolicyPrincipal = '*' | Readonly<Record<string, OneOrMany<string>>>;

/** A role's trust policy as IAM takes it (AssumeRolePolicyDocument), in JSON: who may assume the role. */
export interface TrustPolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: OneOrMany<Omit<PolicyStatement, 'Resource'> & { readonly Principal: PolicyPrincipal }>;
}
