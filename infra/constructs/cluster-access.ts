import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ClusterAccessProps {
  /** As EKS calls them, in the account and region of the stack. */
  readonly clusters: readonly string[];
  readonly role: IRole;
  /** What the ClusterRole of infra/manifests is bound to. */
  readonly group: string;
}

/**
 * Access entries that put a role into its group in each cluster; what the group may do there says the ClusterRole alone.
 * The L2 construct of EKS knows no groups (aws-cdk #30604), so these are plain resources.
 */
export class ClusterAccess extends Construct {
  constructor(scope: Construct, id: string, { clusters, role, group }: ClusterAccessProps) {
    super(scope, id);
    for (const clusterName of clusters) {
      new CfnAccessEntry(this, clusterName, { clusterName, principalArn: role.roleArn, kubernetesGroups: [group], type: 'STANDARD' });
    }
  }
}
