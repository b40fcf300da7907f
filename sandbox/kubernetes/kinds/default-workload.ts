import type { ApiObject } from '../api-object.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { defaultPodSpec } from './default-pod.ts';
import { child, fill, items } from './fill.ts';

function defaultTemplate(owner: JsonObject): void {
  const template = child(owner, 'template');
  fill(child(template, 'metadata'), {});
  defaultPodSpec(child(template, 'spec'));
}

export function defaultDeployment(deployment: ApiObject): void {
  const spec = child(deployment, 'spec');
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} });
  const strategy = child(spec, 'strategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fill(child(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
  defaultTemplate(spec);
}

export function defaultReplicaSet(set: ApiObject): void {
  const spec = child(set, 'spec');
  fill(spec, { replicas: 1 });
  defaultTemplate(spec);
}

export function defaultStatefulSet(set: ApiObject): void {
  const spec = child(set, 'spec');
  fill(spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    updateStrategy: {},
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  });
  const strategy = child(spec, 'updateStrategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fill(child(strategy, 'rollingUpdate'), { partition: 0 });
  for (const claim of items(spec, 'volumeClaimTemplates')) {
    fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    fill(child(claim, 'spec'), { volumeMode: 'Filesystem' });
    fill(claim, { status: { phase: 'Pending' } });
  }
  defaultTemplate(spec);
}

export function defaultDaemonSet(set: ApiObject): void {
  const spec = child(set, 'spec');
  fill(spec, { revisionHistoryLimit: 10, updateStrategy: {} });
  const strategy = child(spec, 'updateStrategy');
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') fill(child(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
  defaultTemplate(spec);
}

function defaultJobSpec(spec: JsonObject): void {
  if (spec.completions === undefined && spec.parallelism === undefined) fill(spec, { completions: 1 });
  fill(spec, {
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    manualSelector: false,
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
  defaultTemplate(spec);
}

/** A Job gets a selector and labels of its own, from its uid, so that two Jobs never adopt each other's pods. */
export function defaultJob(job: ApiObject): void {
  const spec = child(job, 'spec');
  defaultJobSpec(spec);
  const uid = job.metadata.uid;
  if (spec.selector !== undefined || uid === undefined || spec.manualSelector === true) return;
  const labels = child(child(child(spec, 'template'), 'metadata'), 'labels');
  fill(labels, {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': job.metadata.name,
    'controller-uid': uid,
    'job-name': job.metadata.name,
  });
  spec.selector = { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } };
  job.metadata.labels ??= { ...labels } as Record<string, string>;
}

export function defaultCronJob(cronJob: ApiObject): void {
  const spec = child(cronJob, 'spec');
  fill(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  const template = child(spec, 'jobTemplate');
  child(template, 'metadata');
  const jobSpec = child(template, 'spec');
  // The inner Job is not defaulted until it is made; its pod template is.
  if (isJsonObject(jobSpec)) defaultTemplate(jobSpec);
}
