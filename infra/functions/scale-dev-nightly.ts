import { POLICY_PARAMETER_VARIABLE, STATE_BUCKET_VARIABLE } from '../../functions/scale-dev-nightly/config.ts';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { timeSpecsOf } from '../../lib/configuration/time-specs.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../lib/platform/environment-names.ts';
import { weeklyEdges } from '../../lib/schedule/weekly-edges.ts';
import { scalePermissions } from '../policies/scale-dev-nightly.ts';
import type { FunctionDefinition } from './definition.ts';
import { edgeSchedule, type JobSchedule, tickSchedule } from './job-schedule.ts';
import { scaleDocuments } from './scale-documents.ts';

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
  policyDocuments: scaleDocuments,
  environment: ({ routes }, { policyParameterName, stateBucketName }) => ({
    [POLICY_PARAMETER_VARIABLE]: policyParameterName,
    [STATE_BUCKET_VARIABLE]: stateBucketName,
    ...(routes.slack && { [SLACK_WEBHOOK_PARAMETER_VARIABLE]: routes.slack.webhookParameter }),
  }),
  permissions: scalePermissions,
  schedules: scaleSchedules,
  testEvents: {
    'plan-now': { action: 'plan' },
    'sleep-dry-run': { action: 'sleep', dryRun: true },
    'wake-dry-run': { action: 'wake', dryRun: true },
    'sleep-one-namespace-dry-run': { action: 'sleep', namespaces: ['my-namespace'], dryRun: true },
    reconcile: {},
    'wake-all': { action: 'wake' },
    'restore-a-run': { action: 'restore', runId: 'the-runId-of-the-report' },
  },
  dashboard: [
    { metric: 'Asleep', label: 'asleep', statistic: 'Maximum' },
    { metric: 'Slept', label: 'put to sleep', statistic: 'Sum' },
    { metric: 'Woken', label: 'woken', statistic: 'Sum' },
    { metric: 'SavedPerHour', label: 'saved per hour, in your currency', statistic: 'Maximum' },
  ],
};

function scaleSchedules({ sleep }: StageConfig): readonly JobSchedule[] {
  const edges = weeklyEdges(timeSpecsOf(sleep));
  return [...edges.map(edgeSchedule), tickSchedule(sleep.reconcileMinutes, edges)];
}
