import { Aws, Stack, type StackProps } from 'aws-cdk-lib';
import { AccountPrincipal, type IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type StageCluster, type StageConfig, spokeRoleName } from '../../lib/configuration/stage.ts';
import { ClusterAccess } from '../constructs/cluster-access.ts';
import type { FunctionDefinition } from '../functions/definition.ts';
import { describeClusters } from '../policies/clusters.ts';
import { statementOf } from '../policies/permission.ts';

export interface SpokeStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly functions: readonly FunctionDefinition[];
  /** The clusters of the stage that are in this stack's account and region. */
  readonly clusters: readonly StageCluster[];
  readonly externalId: string;
}

/**
 * What a stage needs where its clusters are in another account or region: a role for each function that enters clusters, which only that
 * function of the stage can take, and which may describe these clusters and nothing else.
 */
export class SpokeStack extends Stack {
  constructor(scope: Construct, id: string, { stage, functions, clusters, externalId, ...props }: SpokeStackProps) {
    super(scope, id, { description: `Nightshift, stage ${stage.stage}: its way into the clusters of this account and region`, ...props });
    const clusterArn = (eksName: string): string => this.formatArn({ service: 'eks', resource: 'cluster', resourceName: eksName });
    for (const { job, kubernetesGroup } of functions) {
      if (kubernetesGroup === undefined) continue;
      const role = new Role(this, job, {
        roleName: spokeRoleName(stage.prefix, job, this.region),
        description: `${job} of stage ${stage.stage} takes this role to enter the clusters here`,
        assumedBy: hubFunction(stage, job, externalId),
      });
      role.addToPolicy(statementOf(describeClusters(clusters.map(({ eksName }) => clusterArn(eksName)))));
      const entries = clusters.filter(({ accessEntry }) => accessEntry === 'create').map(({ eksName }) => eksName);
      new ClusterAccess(this, `${job}-access`, { clusters: entries, role, group: kubernetesGroup });
    }
  }
}

/**
 * The role of the stage's function, by the name that it has. Trusting its account under a condition, and not the role as principal, lets the
 * spoke be deployed first and survives a role that was deleted and made again.
 */
function hubFunction({ prefix, account = '' }: StageConfig, job: string, externalId: string): IPrincipal {
  return new AccountPrincipal(account).withConditions({
    StringEquals: { 'sts:ExternalId': externalId },
    ArnEquals: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${account}:role/${prefix}-${job}` },
  });
}
