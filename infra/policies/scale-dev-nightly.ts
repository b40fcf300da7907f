import { type StageConfig, spokeRoleArn } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import type { Permission } from './permission.ts';

/** What scale-dev-nightly may do on AWS; inside a cluster its ClusterRole says. */
export function scalePermissions(stage: StageConfig, resources: StageResources): readonly Permission[] {
  return [
    {
      sid: 'KeepOriginalsAndReports',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${resources.stateBucketArn}/runs/*`, `${resources.stateBucketArn}/reports/*`],
      reason: 'writes the originals of a run before its first change and its report after the last; reads originals to restore them',
      wildcardReason: 'the names of runs and their parts are made when they run',
    },
    {
      sid: 'FindOriginals',
      actions: ['s3:ListBucket'],
      resources: [resources.stateBucketArn],
      reason: 'finds the originals of the run that is to be restored; without it S3 answers 403 instead of 404 for what is not there',
    },
    {
      sid: 'ReadPolicy',
      actions: ['ssm:GetParameter'],
      resources: resources.policyParameterArns,
      reason: 'reads its policy, so that a change of it needs no deployment of code',
    },
    ...slackPermission(stage, resources),
    ...clusterPermissions(stage, resources),
  ];
}

function slackPermission({ routes }: StageConfig, { parameterArn }: StageResources): readonly Permission[] {
  if (!routes.slack) return [];
  return [
    {
      sid: 'ReadSlackWebhook',
      actions: ['ssm:GetParameter'],
      resources: [parameterArn(routes.slack.webhookParameter)],
      reason: 'reads the Slack webhook when a run has failed and people are to be told',
    },
  ];
}

/** Names that a policy has room for: a role's takes 10,240 characters in all. Beyond, a pattern stands for them. */
const MOST_NAMES = 40;

function clusterPermissions({ prefix, clusters }: StageConfig, { clusterArn, roleArnPattern }: StageResources): readonly Permission[] {
  const own = clusters.filter(({ access }) => access.via === 'own').map(({ eksName }) => clusterArn(eksName));
  const spokes = clusters.flatMap(({ access }) => (access.via === 'spoke' ? [spokeRoleArn(prefix, 'scale-dev-nightly', access)] : []));
  const others = clusters.flatMap(({ access }) => (access.via === 'role' ? [access.roleArn] : []));
  const named = [...new Set(spokes)].length <= MOST_NAMES ? [...spokes, ...others] : others;
  return [
    ...(own.length === 0 ? [] : [describeClusters(own.length <= MOST_NAMES ? own : [clusterArn('*')])]),
    ...(named.length === 0 ? [] : [enterBy([...new Set(named)])]),
    ...(named.length < spokes.length ? [enterAnySpoke(roleArnPattern(`${prefix}-scale-dev-nightly-*`))] : []),
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
