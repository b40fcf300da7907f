import type { AwsCredentialProvider } from '../aws/credentials.ts';
import { eksClient } from '../aws/eks-client.ts';
import { eksClusters } from '../aws/eks-clusters.ts';
import type { RoleToAssume } from '../aws/target.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { eksConnection } from '../kubernetes/eks-connection.ts';
import type { RunContext } from '../platform/job-definition.ts';
import type { EksTarget } from './cluster-target.ts';
import { regionOf } from './region.ts';

/** The connection to a cluster that is known by its EKS name, in its own account or in the one of its role. */
export function eksCluster(target: EksTarget, { clock, env }: Pick<RunContext, 'clock' | 'env'>): Connection {
  const region = regionOf(env, target.region);
  const role: RoleToAssume | undefined =
    target.roleArn === undefined
      ? undefined
      : { arn: target.roleArn, ...(target.externalId !== undefined && { externalId: target.externalId }) };
  const client = eksClient({ region, ...(role && { role }) });
  const credentials: AwsCredentialProvider = async () => client.config.credentials();
  return eksConnection({ clusterName: target.eksName ?? target.name, region, describer: eksClusters(client), credentials, clock });
}
