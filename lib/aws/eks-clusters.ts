import { type Cluster, DescribeClusterCommand, type EKSClient } from '@aws-sdk/client-eks';
import type { ClusterDescriber, DescribedCluster } from '../kubernetes/cluster-describer.ts';
import { BadInputError } from '../platform/errors.ts';
import { awsError } from './aws-error.ts';
import { failureOf } from './failure.ts';
import { partitionOf } from './partition.ts';

/** EKS names: 1 to 100 letters, digits, hyphens and underscores, starting with a letter or digit (API reference of CreateCluster). */
const clusterName = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;

const arnPattern = (name: string, region: string): string => `arn:${partitionOf(region)}:eks:${region}:*:cluster/${name}`;

/** In its first minutes a cluster has neither address nor CA: they are empty then, and its status says why. */
function describedCluster(name: string, region: string, cluster: Cluster | undefined): DescribedCluster {
  return {
    endpoint: cluster?.endpoint ?? '',
    certificateAuthorityPem: Buffer.from(cluster?.certificateAuthority?.data ?? '', 'base64').toString('utf8'),
    status: cluster?.status ?? 'UNKNOWN',
    arn: cluster?.arn ?? arnPattern(name, region),
  };
}

/** `eks:DescribeCluster` of one region and role. */
export function eksClusters(client: EKSClient): ClusterDescriber {
  return {
    async describeCluster(name, { signal } = {}) {
      const region = await client.config.region();
      const unknown = (why: string, cause?: unknown): BadInputError =>
        new BadInputError(`cluster ${JSON.stringify(name.slice(0, 120))} not found in ${region}: ${why}`, {
          hint: 'check the cluster name (not its ARN), the region and the account of the credentials',
          ...(cause === undefined ? {} : { cause }),
        });
      if (!clusterName.test(name)) throw unknown('that is no EKS cluster name');
      try {
        const { cluster } = await client.send(new DescribeClusterCommand({ name }), signal ? { abortSignal: signal } : {});
        return describedCluster(name, region, cluster);
      } catch (error) {
        if (failureOf(error).name === 'ResourceNotFoundException') throw unknown('EKS knows no such cluster in this account', error);
        throw awsError(error, { permission: 'eks:DescribeCluster', resource: arnPattern(name, region), region }, signal);
      }
    },
  };
}
