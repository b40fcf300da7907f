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

function clusterPermissions({ prefix, clusters }: StageConfig, { clusterArn }: StageResources): readonly Permission[] {
  const own = clusters.filter(({ access }) => access.via === 'own').map(({ eksName }) => clusterArn(eksName));
  const roles = clusters.flatMap(({ access }) => {
    if (access.via === 'own') return [];
    return access.via === 'role' ? [access.roleArn] : [spokeRoleArn(prefix, 'scale-dev-nightly', access)];
  });
  return [
    ...(own.length === 0 ? [] : [describeClusters(own)]),
    ...(roles.length === 0
      ? []
      : [
          {
            sid: 'EnterOtherAccounts',
            actions: ['sts:AssumeRole'],
            resources: [...new Set(roles)],
            reason: 'takes the role that exists where a cluster of another account or region is',
          },
        ]),
  ];
}

/** The one permission on EKS that a connection takes; a spoke's role has it for the clusters there. */
export function describeClusters(clusterArns: readonly string[]): Permission {
  return {
    sid: 'FindClusters',
    actions: ['eks:DescribeCluster'],
    resources: [...new Set(clusterArns)],
    reason: "reads a cluster's address and certificate authority; the token for it is signed without a call",
  };
}
