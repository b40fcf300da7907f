import { type ApiObject, copyOf } from '../api-object.ts';
import { at, type JsonObject, listAt, numberAt, textAt } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { updateObject } from '../verbs/update.ts';
import { nowIn, type World } from '../verbs/world.ts';
import { CONTROLLER_MANAGER, type Controller, counts, living, ownedOfKind, selfOrOwner, writeStatus } from './controller.ts';
import { createPod, deletePod, isActive } from './pod-template.ts';

/** Runs a Job's pods to their end, and tells the CronJob that owns it which of its Jobs are active. Nothing here starts Jobs by the clock. */
export const jobController: Controller = {
  name: 'job',
  concerns: selfOrOwner('jobs'),
  reconcile(world, uid) {
    const job = living(world, 'jobs', uid);
    if (!job) return;
    if (listAt(job, 'status', 'conditions').some((condition) => ['Complete', 'Failed'].includes(textAt(condition, 'type') ?? ''))) return;
    const pods = ownedOfKind(world, job, 'pods');
    const active = pods.filter(isActive);
    const succeeded = pods.filter((pod) => textAt(pod, 'status', 'phase') === 'Succeeded').length;
    const wanted = numberAt(job, 'spec', 'completions') ?? 1;
    const isSuspended = at(job, 'spec', 'suspend') === true;
    const isLost = failures(world, job) > (numberAt(job, 'spec', 'backoffLimit') ?? 6);
    if (isSuspended || isLost) for (const pod of active) deletePod(world, pod);
    const parallel = Math.min(numberAt(job, 'spec', 'parallelism') ?? 1, wanted - succeeded);
    for (let missing = isSuspended || isLost ? 0 : parallel - active.length; missing > 0; missing--) {
      createPod(world, job, { generateName: `${job.metadata.name}-` });
    }
    writeStatus(world, job, isLost ? lostStatus(world, job, succeeded) : jobStatus(world, job, succeeded, wanted, isSuspended));
    tellCronJob(world, job);
  },
};

function failures(world: World, job: ApiObject): number {
  return ownedOfKind(world, job, 'pods').filter((pod) => textAt(pod, 'status', 'phase') === 'Failed').length;
}

/** More of its pods failed than it allows. */
function lostStatus(world: World, job: ApiObject, succeeded: number): JsonObject {
  const now = nowIn(world);
  const why = { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  const conditions = ['FailureTarget', 'Failed'].map((type) => ({
    type,
    status: 'True',
    lastProbeTime: now,
    lastTransitionTime: now,
    ...why,
  }));
  return { startTime: textAt(job, 'status', 'startTime') ?? now, ...counts({ succeeded, failed: failures(world, job) }), conditions };
}

function jobStatus(world: World, job: ApiObject, succeeded: number, wanted: number, isSuspended: boolean): JsonObject {
  const now = nowIn(world);
  const active = ownedOfKind(world, job, 'pods').filter(isActive).length;
  const startTime = textAt(job, 'status', 'startTime') ?? now;
  const condition = (type: string): JsonObject => ({ type, status: 'True', lastProbeTime: now, lastTransitionTime: now });
  if (isSuspended) return { ...counts({ succeeded }), conditions: [condition('Suspended')] };
  const numbers = { startTime, ...counts({ active, ready: active, succeeded, failed: failures(world, job) }) };
  return succeeded < wanted ? numbers : { ...numbers, completionTime: now, conditions: [condition('Complete')] };
}

function tellCronJob(world: World, job: ApiObject): void {
  const owner = job.metadata.ownerReferences?.find(({ kind }) => kind === 'CronJob');
  const cronJob = owner && living(world, 'cronjobs', owner.uid);
  if (!cronJob) return;
  const active = ownedOfKind(world, cronJob, 'jobs')
    .filter((one) => numberAt(one, 'status', 'active') !== undefined)
    .map(({ apiVersion, kind, metadata: { name, namespace, uid } }) => ({ apiVersion, kind, name, namespace, uid }));
  const { active: _active, ...rest } = copyOf(cronJob).status as JsonObject;
  const status = active.length > 0 ? { ...rest, active } : rest;
  updateObject(world, builtin('cronjobs'), cronJob, { ...copyOf(cronJob), status }, { ...CONTROLLER_MANAGER, subresource: 'status' });
}
