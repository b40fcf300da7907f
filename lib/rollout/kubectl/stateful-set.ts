import { done, type KubectlResult, notRollingUpdate, wait } from './result.ts';
import { int32, int64, mappingIn, optionalInt32, type Typed, textIn, typed } from './typed.ts';

/** Extra pods are not seen: four of three are done. */
export function statefulSetRollout(object: Typed): KubectlResult {
  const { strategy, generation, observed, ...set } = readStatefulSet(object);
  if (strategy !== 'RollingUpdate') return notRollingUpdate();
  if (observed === 0 || generation > observed) {
    return wait('GenerationNotObserved', 'Waiting for statefulset spec update to be observed...');
  }
  if (set.wanted !== undefined && set.ready < set.wanted) {
    return wait('LessReady', `Waiting for ${(set.wanted - set.ready) | 0} pods to be ready...`);
  }
  return set.partitioned ? partitionRollout(set) : revisionRollout(set);
}

type StatefulSet = Omit<ReturnType<typeof readStatefulSet>, 'strategy' | 'generation' | 'observed'>;

/** All that is decoded before anything is decided, so that a wrong type is an error whatever the rest says. */
function readStatefulSet(object: Typed) {
  const spec = mappingIn(object, 'spec');
  const status = mappingIn(object, 'status');
  const updateStrategy = mappingIn(spec, 'updateStrategy');
  const { rollingUpdate } = updateStrategy.fields;
  return {
    strategy: textIn(updateStrategy, 'type'),
    generation: int64(mappingIn(object, 'metadata'), 'generation'),
    observed: int64(status, 'observedGeneration'),
    wanted: optionalInt32(spec, 'replicas'),
    ready: int32(status, 'readyReplicas'),
    updated: int32(status, 'updatedReplicas'),
    current: int32(status, 'currentReplicas'),
    updateRevision: textIn(status, 'updateRevision'),
    currentRevision: textIn(status, 'currentRevision'),
    /** The API server writes `rollingUpdate` wherever the strategy is RollingUpdate, so that revisions are rarely compared. */
    partitioned: rollingUpdate !== undefined && rollingUpdate !== null,
    partition: optionalInt32(typed(rollingUpdate, 'spec.updateStrategy.rollingUpdate'), 'partition'),
  };
}

function partitionRollout({ wanted, partition, updated }: StatefulSet): KubectlResult {
  const toUpdate = wanted === undefined || partition === undefined ? undefined : (wanted - partition) | 0;
  if (toUpdate !== undefined && updated < toUpdate) {
    return wait(
      'PartitionRollout',
      `Waiting for partitioned roll out to finish: ${updated} out of ${toUpdate} new pods have been updated...`,
    );
  }
  return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
}

function revisionRollout({ updateRevision, currentRevision, updated, current }: StatefulSet): KubectlResult {
  if (updateRevision !== currentRevision) {
    return wait('RevisionMismatch', `waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`);
  }
  return done(`statefulset rolling update complete ${current} pods at revision ${currentRevision}...`);
}
