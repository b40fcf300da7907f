import { type StageConfig, spokeRoleArn } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import type { Permission } from './permission.ts';

/** Names that a policy has room for: a role's takes 10,240 characters in all. Beyond, a pattern stands for them. */
const MOST_NAMES = 40;

/** The ways of a job's role into the clusters of its stage. */
export function clusterPermissions(
  job: string,
  { prefix, clusters }: StageConfig,
  { clusterArn, roleArnPattern }: StageResources,
): readonly Permission[] {
  const own = clusters.filter(({ access }) => access.via === 'own').map(({ eksName }) => clusterArn(eksName));
  const spokes = clusters.flatMap(({ access }) => (access.via === 'spoke' ? [spokeRoleArn(prefix, job, access)] : []));
  const others = clusters.flatMap(({ access }) => (access.via === 'role' ? [access.roleArn] : []));
  const named = [...new Set(spokes)].length <= MOST_NAMES ? [...spokes, ...others] : others;
  return [
    ...(own.length === 0 ? [] : [describeClusters(own.length <= MOST_NAMES ? own : [clusterArn('*')])]),
    ...(named.length === 0 ? [] : [enterBy([...new Set(named)])]),
    ...(named.length < spokes.length ? [enterAnySpoke(roleArnPattern(`${prefix}-${job}-*`))] : []),
  ];
}

function enterBy(resources: readonly string[]): Permission {
  return {
    sid: 'EnterOtherAccounts',
    actions: ['sts:AssumeRole'],
    resources,
    reason: 'takes the role that exists where a cluster of another account or region is',
  };
}

/** Of a fleet: the spokes' roles by the name that they have in every account, in accounts of the own organization only. */
function enterAnySpoke(pattern: string): Permission {
  return {
    sid: 'EnterFleet',
    actions: ['sts:AssumeRole'],
    resources: [pattern],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    conditions: { StringEquals: { 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } },
    reason: 'takes the role that exists where a cluster of another account or region is',
    wildcardReason:
      'a policy has no room for the names of so many roles; each trusts this function alone, and only the own organization counts',
  };
}

/** The one permission on EKS that a connection takes; a spoke's role has it for the clusters there. */
export function describeClusters(clusterArns: readonly string[]): Permission {
  return {
    sid: 'FindClusters',
    actions: ['eks:DescribeCluster'],
    resources: [...new Set(clusterArns)],
    reason: "reads a cluster's address and certificate authority; the token for it is signed without a call",
    wildcardReason: 'a policy has no room for the names of so many clusters; what it may read of them opens nothing',
  };
}
