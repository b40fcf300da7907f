import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import type { Permission } from './permission.ts';

/** Names that a policy has room for, beside those of clusters. */
const MOST_NAMES = 20;

/** The parameters that hold a function's policy document. */
export function readPolicy({ policyParameterArns, policyParameterName, parameterArn }: StageResources): Permission {
  const named = policyParameterArns.length <= MOST_NAMES;
  return {
    sid: 'ReadPolicy',
    actions: ['ssm:GetParameter'],
    resources: named ? policyParameterArns : [parameterArn(`${policyParameterName}*`)],
    reason: 'reads its policy, so that a change of it needs no deployment of code',
    ...(!named && { wildcardReason: 'a policy has no room for the names of so many parameters; no others begin like them' }),
  };
}

/** The webhook, where the stage has one. */
export function slackPermission({ routes }: StageConfig, { parameterArn }: StageResources): readonly Permission[] {
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
