import { type Fields, isFields } from '../../kubernetes/fields.ts';
import { groupKindOf } from '../object/object-kind.ts';
import { StatusError } from '../object/status-error.ts';
import { daemonSetRollout } from './daemon-set.ts';
import { deploymentRollout } from './deployment.ts';
import { error, type KubectlResult } from './result.ts';
import { statefulSetRollout } from './stateful-set.ts';
import { type Typed, typed } from './typed.ts';

const VIEWERS: ReadonlyMap<string, (object: Typed) => KubectlResult> = new Map([
  ['apps/Deployment', deploymentRollout],
  ['extensions/Deployment', deploymentRollout],
  ['apps/DaemonSet', daemonSetRollout],
  ['extensions/DaemonSet', daemonSetRollout],
  ['apps/StatefulSet', statefulSetRollout],
]);

/**
 * What `kubectl rollout status --watch=false` says of one object. It never throws: what kubectl ends with an error for is one here, another kind and
 * a field of the wrong type included.
 */
export function kubectlRolloutStatus(object: unknown): KubectlResult {
  const fields: Fields = isFields(object) ? object : {};
  const groupKind = groupKindOf(fields);
  const viewer = VIEWERS.get(groupKind);
  if (!viewer) return error('NoStatusViewer', `no status viewer has been implemented for ${dotted(groupKind)}`);
  try {
    return viewer(typed(fields, ''));
  } catch (problem) {
    if (problem instanceof StatusError) return error(problem.problem, problem.message);
    throw problem;
  }
}

/** As kubectl writes a group and kind: `Job.batch`. */
function dotted(groupKind: string): string {
  const [group = '', kind] = groupKind.split('/');
  return kind === undefined ? group : `${kind}.${group}`;
}
