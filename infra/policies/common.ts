import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import type { Permission } from './permission.ts';

/** The parameters that hold a function's policy document. */
export function readPolicy({ policyParameterArns }: StageResources): Permission {
  return {
    sid: 'ReadPolicy',
    actions: ['ssm:GetParameter'],
    resources: policyParameterArns,
    reason: 'reads its policy, so that a change of it needs no deployment of code',
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
