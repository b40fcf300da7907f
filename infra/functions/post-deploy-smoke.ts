import {
  POLICY_PARAMETER_VARIABLE,
  RECORDS_TABLE_VARIABLE,
  STATE_BUCKET_VARIABLE,
  URL_TOKEN_PARAMETER_VARIABLE,
} from '../../functions/post-deploy-smoke/config.ts';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../lib/platform/environment-names.ts';
import { smokePermissions } from '../policies/post-deploy-smoke.ts';
import type { FunctionDefinition } from './definition.ts';
import type { EventTrigger } from './event-trigger.ts';
import { smokeDocuments } from './smoke-documents.ts';

const job = 'post-deploy-smoke';

/** Proves after a deploy that the new version is what answers. It runs when a pipeline, a deployment, a gate or an event asks it to. */
export const postDeploySmoke: FunctionDefinition = {
  job,
  summary: 'proves after a deploy that the new version is what answers, or says why not',
  memoryMb: 512,
  timeoutMinutes: 15,
  outbound: 'any',
  kubernetesGroup: `nightshift:${job}`,
  policyDocuments: smokeDocuments,
  environment: ({ routes, smoke }, { policyParameterName, stateBucketName, recordsTableName }) => ({
    [POLICY_PARAMETER_VARIABLE]: policyParameterName,
    [STATE_BUCKET_VARIABLE]: stateBucketName,
    [RECORDS_TABLE_VARIABLE]: recordsTableName,
    ...(smoke.url && { [URL_TOKEN_PARAMETER_VARIABLE]: smoke.url.tokenParameter }),
    ...(routes.slack && { [SLACK_WEBHOOK_PARAMETER_VARIABLE]: routes.slack.webhookParameter }),
  }),
  permissions: smokePermissions,
  schedules: () => [],
  triggers: smokeTriggers,
  url: ({ smoke }) => smoke.url !== undefined,
  testEvents: {
    'run-a-suite': { suite: 'my-suite' },
    'run-a-suite-dry-run': { suite: 'my-suite', dryRun: true },
    'prove-a-version': { suite: 'my-suite', version: '1.2.3' },
    'wait-for-a-rollout': { target: { cluster: 'my-cluster', namespace: 'my-namespace', kind: 'Deployment', name: 'my-app' } },
  },
  dashboard: [
    { metric: 'Planned', label: 'checks', statistic: 'Sum' },
    { metric: 'Success', label: 'proved', statistic: 'Sum' },
  ],
};

function smokeTriggers({ smoke }: StageConfig): readonly EventTrigger[] {
  return smoke.suites.flatMap(({ name, on = [] }) =>
    on.map(({ source, detailType, detail }, index) => ({
      name: `${name}-${index + 1}`,
      description: `runs the suite ${name}`,
      pattern: { source, ...(detailType && { detailType }), ...(detail && { detail }) },
      input: { suite: name },
    })),
  );
}
