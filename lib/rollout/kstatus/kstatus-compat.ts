import { isFields } from '../../kubernetes/fields.ts';
import { groupKindOf } from '../object/object-kind.ts';
import { invalidField } from '../object/status-error.ts';
import { wordFor } from '../object/word-for.ts';
import { genericStatus } from './generic.ts';
import { KIND_RULES } from './kind-rules.ts';
import { readyStatus } from './ready.ts';
import { current, type KstatusResult } from './result.ts';

/**
 * The status that kstatus (sigs.k8s.io/cli-utils) computes of one object as the API server returns it: the same word, reason and message.
 * The object alone decides; its pods never do, see `withPodFailures`.
 * @param now epoch milliseconds; the age of a pod that waits for a node counts from it
 * @throws StatusError where kstatus answers with an error
 */
export function kstatusCompat(object: unknown, now: number): KstatusResult {
  if (!isFields(object)) throw invalidField('the object', wordFor(object), 'a mapping');
  const generic = genericStatus(object);
  if (generic) return generic;
  const rule = KIND_RULES.get(groupKindOf(object));
  if (rule) return rule(object, now);
  return readyStatus(object) ?? current('Resource is current');
}
