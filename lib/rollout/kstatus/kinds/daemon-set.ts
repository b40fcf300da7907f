import type { Fields } from '../../../kubernetes/fields.ts';
import { kindWord } from '../generic.ts';
import { integerAt, optionalInteger } from '../nested.ts';
import { current, inProgress, type KstatusResult } from '../result.ts';

const MISSING = -1;

/** Its controller always writes the generation it has seen, so a missing one is not passed over as it is for other kinds. */
export function daemonSetStatus(object: Fields): KstatusResult {
  if (optionalInteger(object, ['metadata', 'generation']) === undefined) {
    return inProgress('NoGeneration', `${kindWord(object)} metadata.generation not found`);
  }
  if (optionalInteger(object, ['status', 'observedGeneration']) === undefined) {
    return inProgress('NoObservedGeneration', `${kindWord(object)} status.observedGeneration not found`);
  }
  return countsStatus(object);
}

function countsStatus(object: Fields): KstatusResult {
  const count = (field: string): number => integerAt(object, ['status', field], 0);
  const wanted = integerAt(object, ['status', 'desiredNumberScheduled'], MISSING);
  if (wanted === MISSING) return inProgress('NoDesiredNumber', 'Missing .status.desiredNumberScheduled');
  const scheduled = count('currentNumberScheduled');
  const updated = count('updatedNumberScheduled');
  const available = count('numberAvailable');
  const ready = count('numberReady');
  if (wanted > scheduled) return inProgress('LessCurrent', `Current: ${scheduled}/${wanted}`);
  if (wanted > updated) return inProgress('LessUpdated', `Updated: ${updated}/${wanted}`);
  if (wanted > available) return inProgress('LessAvailable', `Available: ${available}/${wanted}`);
  if (wanted > ready) return inProgress('LessReady', `Ready: ${ready}/${wanted}`);
  return current(`All replicas scheduled as expected. Replicas: ${wanted}`);
}
