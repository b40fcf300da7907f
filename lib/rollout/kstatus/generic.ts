import type { Fields } from '../../kubernetes/fields.ts';
import { conditionsOf } from './conditions.ts';
import { optionalInteger, optionalText } from './nested.ts';
import { failed, inProgress, type KstatusResult } from './result.ts';

/**
 * The rules that come before those of a kind: deletion, the generation, then the conditions by which a controller speaks to kstatus itself.
 * @returns undefined when none of them decides
 * @throws StatusError for fields of the wrong type, each no sooner than it is read
 */
export function genericStatus(object: Fields): KstatusResult | undefined {
  const deletion = optionalText(object, ['metadata', 'deletionTimestamp']);
  if (deletion) return { status: 'Terminating', reason: '', message: 'Resource scheduled for deletion' };
  return generationStatus(object) ?? standardConditions(object);
}

/** Newer and older alike are not the one that was observed. */
function generationStatus(object: Fields): KstatusResult | undefined {
  const generation = optionalInteger(object, ['metadata', 'generation']);
  if (generation === undefined) return undefined;
  const observed = optionalInteger(object, ['status', 'observedGeneration']);
  if (observed === undefined || observed === generation) return undefined;
  const message = `${kindWord(object)} generation is ${generation}, but latest observed generation is ${observed}`;
  return inProgress('LatestGenerationNotObserved', message);
}

function standardConditions(object: Fields): KstatusResult | undefined {
  for (const { type, status, reason, message } of conditionsOf(object)) {
    if (status !== 'True') continue;
    if (type === 'Reconciling') return inProgress(reason, message);
    if (type === 'Stalled') return failed(reason, message);
  }
  return undefined;
}

/** The kind as messages begin with it; nothing when it is no text. */
export function kindWord({ kind }: Fields): string {
  return typeof kind === 'string' ? kind : '';
}
