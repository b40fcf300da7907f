import { at } from '../json.ts';
import { builtin } from '../kinds/definitions.ts';
import { type Controller, counts, living, ownedOfKind, selfOrOwner, writeStatus } from './controller.ts';
import { recordRevision } from './controller-revision.ts';
import { createPod, deletePod, isActive, isReady, templateHash } from './pod-template.ts';

const GENERATION = 'controller-revision-hash';
const ownOrOwned = selfOrOwner('daemonsets');

/** One pod per Node object. A new template replaces them all at once. */
export const daemonSetController: Controller = {
  name: 'daemonset',
  concerns: (event, world) =>
    event.kind.id === '/nodes'
      ? world.store.list(builtin('daemonsets')).flatMap(({ metadata }) => metadata.uid ?? [])
      : ownOrOwned(event, world),
  reconcile(world, uid) {
    const set = living(world, 'daemonsets', uid);
    if (!set) return;
    const revision = templateHash(at(set, 'spec', 'template'));
    recordRevision(world, set, revision);
    const wanted = world.store.list(builtin('nodes')).length;
    const pods = ownedOfKind(world, set, 'pods').filter(isActive);
    const current = pods.filter((pod) => pod.metadata.labels?.[GENERATION] === revision);
    for (const pod of pods.filter((one) => !current.includes(one))) deletePod(world, pod);
    for (const pod of current.slice(wanted)) deletePod(world, pod);
    for (let missing = wanted - current.length; missing > 0; missing--) {
      createPod(world, set, { generateName: `${set.metadata.name}-` }, { [GENERATION]: revision });
    }
    const left = ownedOfKind(world, set, 'pods').filter(isActive);
    const ready = left.filter(isReady).length;
    writeStatus(world, set, {
      currentNumberScheduled: left.length,
      numberMisscheduled: 0,
      desiredNumberScheduled: wanted,
      numberReady: ready,
      observedGeneration: set.metadata.generation ?? 0,
      ...counts({ updatedNumberScheduled: left.length, numberAvailable: ready, numberUnavailable: wanted - ready }),
    });
  },
};
