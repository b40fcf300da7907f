import type { ApiObject } from '../api-object.ts';
import { at, equal, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { workloadSelector } from '../selectors/object-selector.ts';
import type { FieldCause } from '../status.ts';
import { forbiddenField, invalidValue, nonNegative, notSupported, required } from './causes.ts';
import { cronProblem } from './cron-schedule.ts';
import { validateTemplate } from './validate-pod.ts';

/** `selector` and `template` belong together and the selector never changes. */
function selectorCauses(object: ApiObject, previous: ApiObject | undefined): FieldCause[] {
  const selector = objectAt(object, 'spec', 'selector');
  if (!selector) return [required('spec.selector')];
  const causes =
    previous && !equal(selector, objectAt(previous, 'spec', 'selector'))
      ? [invalidValue('spec.selector', selector, 'field is immutable')]
      : [];
  const empty = Object.keys(objectAt(selector, 'matchLabels') ?? {}).length === 0 && listAt(selector, 'matchExpressions').length === 0;
  if (empty) return [invalidValue('spec.selector', selector, `empty selector is invalid for ${object.kind.toLowerCase()}`), ...causes];
  const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels') ?? {};
  if (workloadSelector(object)(labels as Record<string, string>)) return causes;
  return [invalidValue('spec.template.metadata.labels', labels, '`selector` does not match template `labels`'), ...causes];
}

export function validateReplicaSet(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const spec = objectAt(object, 'spec');
  return [
    ...nonNegative('spec.replicas', at(spec, 'replicas')),
    ...nonNegative('spec.minReadySeconds', at(spec, 'minReadySeconds')),
    ...selectorCauses(object, previous),
    ...validateTemplate(spec, 'spec.template', ['Always']),
  ];
}

export function validateDeployment(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const spec = objectAt(object, 'spec');
  const causes = [...validateReplicaSet(object, previous), ...nonNegative('spec.revisionHistoryLimit', at(spec, 'revisionHistoryLimit'))];
  const type = at(spec, 'strategy', 'type');
  if (type !== 'RollingUpdate' && type !== 'Recreate')
    causes.push(notSupported('spec.strategy', at(spec, 'strategy'), ['Recreate', 'RollingUpdate']));
  if (type === 'Recreate' && at(spec, 'strategy', 'rollingUpdate') !== undefined) {
    causes.push(forbiddenField('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'"));
  }
  return causes;
}

const CHANGEABLE_STATEFULSET_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export function validateStatefulSet(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const causes = validateReplicaSet(object, undefined);
  const policy = at(object, 'spec', 'podManagementPolicy');
  if (policy !== 'OrderedReady' && policy !== 'Parallel') {
    causes.push(invalidValue('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'"));
  }
  if (!previous || equal(fixedPart(object), fixedPart(previous))) return causes;
  const fields = CHANGEABLE_STATEFULSET_FIELDS.slice(0, -1).map((field) => `'${field}'`);
  return [
    ...causes,
    forbiddenField('spec', `updates to statefulset spec for fields other than ${fields.join(', ')} and 'minReadySeconds' are forbidden`),
  ];
}

function fixedPart(object: ApiObject): JsonObject {
  return Object.fromEntries(
    Object.entries(objectAt(object, 'spec') ?? {}).filter(([name]) => !CHANGEABLE_STATEFULSET_FIELDS.includes(name)),
  );
}

const JOB_RESTART_POLICIES = ['OnFailure', 'Never'];

function jobSpecCauses(spec: JsonObject | undefined, path: string): FieldCause[] {
  const causes: FieldCause[] = [];
  for (const field of ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished']) {
    causes.push(...nonNegative(`${path}.${field}`, at(spec, field)));
  }
  const policy: Json | undefined = at(spec, 'template', 'spec', 'restartPolicy');
  causes.push(...validateTemplate(spec, `${path}.template`, ['Always', ...JOB_RESTART_POLICIES]));
  if (policy === 'Always') causes.push({ ...notSupported(`${path}.template.spec.restartPolicy`, policy, JOB_RESTART_POLICIES) });
  return causes;
}

export function validateJob(object: ApiObject, previous?: ApiObject): FieldCause[] {
  const causes = jobSpecCauses(objectAt(object, 'spec'), 'spec');
  for (const field of ['completions', 'selector', 'template'] as const) {
    const value = at(object, 'spec', field);
    if (previous && !equal(value, at(previous, 'spec', field))) causes.push(invalidValue(`spec.${field}`, value, 'field is immutable'));
  }
  return causes;
}

export function validateCronJob(object: ApiObject): FieldCause[] {
  const spec = objectAt(object, 'spec');
  const causes: FieldCause[] = [];
  const schedule = textAt(spec, 'schedule') ?? '';
  if (schedule === '') causes.push(required('spec.schedule'));
  else {
    const problem = cronProblem(schedule);
    if (problem) causes.push(invalidValue('spec.schedule', schedule, problem));
  }
  const zone = textAt(spec, 'timeZone');
  if (zone !== undefined && !isTimeZone(zone)) causes.push(invalidValue('spec.timeZone', zone, `unknown time zone ${zone}`));
  const policy = at(spec, 'concurrencyPolicy');
  if (!['Allow', 'Forbid', 'Replace'].includes(String(policy))) {
    causes.push(notSupported('spec.concurrencyPolicy', policy, ['Allow', 'Forbid', 'Replace']));
  }
  for (const field of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) {
    causes.push(...nonNegative(`spec.${field}`, at(spec, field)));
  }
  return [...causes, ...jobSpecCauses(objectAt(spec, 'jobTemplate', 'spec'), 'spec.jobTemplate.spec')];
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}
