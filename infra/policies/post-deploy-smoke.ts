import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import { clusterPermissions } from './clusters.ts';
import { readPolicy, slackPermission } from './common.ts';
import type { Permission } from './permission.ts';

/** What post-deploy-smoke may do on AWS; inside a cluster its ClusterRole says. */
export function smokePermissions(stage: StageConfig, resources: StageResources): readonly Permission[] {
  return [
    {
      sid: 'KeepReports',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${resources.stateBucketArn}/smoke/*`, `${resources.stateBucketArn}/reports/*`],
      reason: 'writes the reports of each run, for people and for programs; reads whose a report is when the answer to its write was lost',
      wildcardReason: 'the names of runs are made when they run',
    },
    {
      sid: 'KeepRecords',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [resources.recordsTableArn],
      // Leases and incidents, which other functions rely on, are out of its reach: of all functions it alone has a way in from outside.
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['app#*', 'journal#post-deploy-smoke#*'] } },
      reason: 'reads which digest a version has, records each deploy, and notes which jobs of CodePipeline have been answered',
    },
    readPolicy(resources),
    ...answerPermissions(stage),
    ...variablePermissions(stage, resources),
    ...registryPermissions(stage),
    ...checkPermissions(stage),
    ...urlPermissions(stage, resources),
    ...slackPermission(stage, resources),
    ...clusterPermissions('post-deploy-smoke', stage, resources),
  ];
}

/** Neither service knows resources for these calls that could be named before there is a job or a deployment. */
function answerPermissions({ smoke }: StageConfig): readonly Permission[] {
  const hooks = smoke.suites.some(({ codeDeploy }) => codeDeploy !== undefined);
  return [
    {
      sid: 'AnswerCodePipeline',
      actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
      resources: ['*'],
      reason: 'tells the pipeline that called how the proof went',
      wildcardReason: 'IAM knows no resources for these actions; a result is taken only for the id of a job that waits for one',
    },
    ...(hooks
      ? [
          {
            sid: 'AnswerCodeDeploy',
            actions: ['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'],
            resources: ['*'],
            reason: 'finds the application of the deployment that called, and tells it how the proof went',
            wildcardReason: 'deployment groups are not known here; a status is taken only for the id of a hook that waits for one',
          },
        ]
      : []),
  ];
}

/** What the variables of suites come from, by name. */
function variablePermissions({ smoke }: StageConfig, { parameterArn, secretArn }: StageResources): readonly Permission[] {
  const parameters = [...new Set(smoke.suites.flatMap(({ document }) => document.parameters))];
  const secrets = [...new Set(smoke.suites.flatMap(({ document }) => document.secrets))];
  return [
    ...(parameters.length === 0
      ? []
      : [
          {
            sid: 'ReadVariables',
            actions: ['ssm:GetParameter'],
            resources: parameters.map(parameterArn),
            reason: 'reads the variables of suites that come from SSM',
          },
        ]),
    ...(secrets.length === 0
      ? []
      : [
          {
            sid: 'ReadSecrets',
            actions: ['secretsmanager:GetSecretValue'],
            resources: secrets.map(secretArn),
            reason: 'reads the variables of suites that come from Secrets Manager',
            wildcardReason: 'six random characters end the ARN of every secret',
          },
        ]),
  ];
}

function registryPermissions({ smoke: { repositories } }: StageConfig): readonly Permission[] {
  if (repositories.length === 0) return [];
  return [
    {
      sid: 'EnterRegistry',
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      reason: 'takes the token with which the registry is asked for the digest of a tag',
      wildcardReason: 'IAM knows no resources for this action',
    },
    {
      sid: 'ResolveTags',
      actions: ['ecr:BatchGetImage'],
      resources: repositories,
      reason: 'reads the manifest behind a tag, which says its digest',
    },
  ];
}

function checkPermissions({ smoke: { apis } }: StageConfig): readonly Permission[] {
  const actions = [
    { prefix: 'execute-api', action: 'execute-api:Invoke' },
    { prefix: 'lambda', action: 'lambda:InvokeFunctionUrl' },
    { prefix: 'vpc-lattice-svcs', action: 'vpc-lattice-svcs:Invoke' },
  ] as const;
  return actions.flatMap(({ prefix, action }) => {
    const resources = apis.filter((arn) => arn.split(':')[2] === prefix);
    if (resources.length === 0) return [];
    const sid = `Call${prefix.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
    const wildcard = resources.some((arn) => arn.includes('*'));
    return [
      {
        sid,
        actions: [action],
        resources,
        reason: 'makes the calls of checks that are signed with SigV4',
        ...(wildcard && { wildcardReason: 'the configuration says so' }),
      },
    ];
  });
}

function urlPermissions({ smoke: { url } }: StageConfig, { parameterArn }: StageResources): readonly Permission[] {
  if (!url) return [];
  return [
    {
      sid: 'ReadUrlToken',
      actions: ['ssm:GetParameter'],
      resources: [parameterArn(url.tokenParameter)],
      reason: 'reads the bearer token that callers of the URL have to show',
    },
  ];
}
