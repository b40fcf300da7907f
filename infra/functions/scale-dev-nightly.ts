import { POLICY_PARAMETER_VARIABLE, policyDocumentSchema, STATE_BUCKET_VARIABLE } from '../../functions/scale-dev-nightly/config.ts';
import { specOptions } from '../../lib/configuration/check-schedules.ts';
import { sleepPolicyOf, TIME_SPEC_WORDS } from '../../lib/configuration/sleep-section.ts';
import { type StageCluster, type StageConfig, spokeRoleArn } from '../../lib/configuration/stage.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../lib/platform/environment-names.ts';
import { parseTimeSpec } from '../../lib/schedule/parse-time-spec.ts';
import type { TimeSpec } from '../../lib/schedule/time-spec.ts';
import { weeklyEdges } from '../../lib/schedule/weekly-edges.ts';
import { sleepPolicySchema } from '../../lib/sleep/policy.ts';
import { scalePermissions } from '../policies/scale-dev-nightly.ts';
import type { FunctionDefinition } from './definition.ts';
import { edgeSchedule, type JobSchedule, tickSchedule } from './job-schedule.ts';

const job = 'scale-dev-nightly';

/** Puts dev workloads to sleep at the edges of their schedule, and looks again at every tick. */
export const scaleDevNightly: FunctionDefinition = {
  job,
  summary: 'puts dev workloads to sleep when nobody works and wakes them before people come back',
  memoryMb: 512,
  timeoutMinutes: 10,
  // It runs at least once an hour.
  heartbeatHours: 3,
  kubernetesGroup: `nightshift:${job}`,
  policyDocuments: (stage) => [JSON.stringify(policyDocument(stage))],
  environment: ({ routes }, { policyParameterName, stateBucketName }) => ({
    [POLICY_PARAMETER_VARIABLE]: policyParameterName,
    [STATE_BUCKET_VARIABLE]: stateBucketName,
    ...(routes.slack && { [SLACK_WEBHOOK_PARAMETER_VARIABLE]: routes.slack.webhookParameter }),
  }),
  permissions: scalePermissions,
  schedules: scaleSchedules,
  testEvents: {
    'plan-now': { action: 'plan' },
    'plan-tonight': { action: 'plan', at: '2026-12-01T22:00:00+01:00' },
    'reconcile-dry-run': { dryRun: true },
    reconcile: {},
    'sleep-one-namespace-dry-run': { action: 'sleep', namespaces: ['my-namespace'], dryRun: true },
    'wake-all': { action: 'wake' },
    'restore-a-run': { action: 'restore', runId: 'the-runId-of-the-report' },
  },
  dashboard: [
    { metric: 'Asleep', label: 'asleep', statistic: 'Maximum' },
    { metric: 'Slept', label: 'put to sleep', statistic: 'Sum' },
    { metric: 'Woken', label: 'woken', statistic: 'Sum' },
  ],
};

/** The document that the function reads from SSM. Words that have their default are left out, so that it stays small. */
function policyDocument(stage: StageConfig): unknown {
  const defaults: Readonly<Record<string, unknown>> = sleepPolicySchema.parse({});
  const words = Object.entries(sleepPolicyOf(stage.sleep));
  const policy = Object.fromEntries(words.filter(([word, value]) => JSON.stringify(value) !== JSON.stringify(defaults[word])));
  const document = {
    version: 1,
    clusters: stage.clusters.map((cluster) => clusterTarget(stage, cluster)),
    ...(Object.keys(policy).length > 0 && { policy }),
  };
  policyDocumentSchema.parse(document);
  return document;
}

function clusterTarget({ prefix }: StageConfig, { name, eksName, region, access }: StageCluster): unknown {
  const role =
    access.via === 'spoke'
      ? { roleArn: spokeRoleArn(prefix, job, access), externalId: access.externalId }
      : access.via === 'role'
        ? access
        : {};
  const { roleArn, externalId } = role as { readonly roleArn?: string; readonly externalId?: string };
  return {
    via: 'eks',
    name,
    ...(eksName !== name && { eksName }),
    ...(region && { region }),
    ...(roleArn && { roleArn }),
    ...(externalId && { externalId }),
  };
}

function scaleSchedules({ sleep }: StageConfig): readonly JobSchedule[] {
  const specs = TIME_SPEC_WORDS.flatMap((word): TimeSpec[] => {
    const text = sleep[word];
    const result = text === undefined ? undefined : parseTimeSpec(text, specOptions(sleep));
    return result?.ok ? [result.spec] : [];
  });
  const edges = weeklyEdges(specs);
  return [...edges.map(edgeSchedule), tickSchedule(sleep.reconcileMinutes, edges)];
}
