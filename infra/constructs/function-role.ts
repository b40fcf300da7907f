import { Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { Construct } from 'constructs';
import { executionPermissions } from '../policies/execution.ts';
import { type Permission, statementOf } from '../policies/permission.ts';

export interface FunctionRoleProps {
  readonly roleName: string;
  readonly description: string;
  readonly logGroup: ILogGroup;
  readonly functionArn: string;
  readonly inVpc: boolean;
  readonly permissions: readonly Permission[];
}

/** A role of the function's own, with nothing in it that is not in its list of permissions. */
export class FunctionRole extends Role {
  readonly #permissions: Permission[] = [];

  constructor(scope: Construct, id: string, { roleName, description, logGroup, permissions, ...subjects }: FunctionRoleProps) {
    super(scope, id, { roleName, description, assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const permission of [...executionPermissions({ logGroupArn: logGroup.logGroupArn, ...subjects }), ...permissions])
      this.allow(permission);
  }

  get permissions(): readonly Permission[] {
    return this.#permissions;
  }

  /** The one way to widen it: constructs get it without the right to add grants of their own, which are wider and have no reasons. */
  allow(permission: Permission): void {
    this.#permissions.push(permission);
    this.addToPolicy(statementOf(permission));
    acknowledgeWildcards(this, permission);
  }
}

/** A resource with a wildcard is acknowledged with the reason that its statement carries; one without a reason stays a finding. */
function acknowledgeWildcards(role: Role, { resources, wildcardReason }: Permission): void {
  if (wildcardReason === undefined) return;
  for (const resource of resources) {
    const found = flattenCfnReference(Stack.of(role).resolve(resource));
    if (found.includes('*')) Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${found}]`, reason: wildcardReason });
  }
}
