import { afterAll, beforeAll, describe } from 'vitest';
import { describeApply } from './apply.contract.ts';
import { describeDiscovery } from './discovery.contract.ts';
import { describeGuards } from './guards.contract.ts';
import { describeIdentities } from './identities.contract.ts';
import { describeLimits } from './limits.contract.ts';
import { describeNamespaces } from './namespaces.contract.ts';
import { describeObjects } from './objects.contract.ts';
import { describePaging } from './paging.contract.ts';
import { describePatches } from './patches.contract.ts';
import { describePermissions } from './permissions.contract.ts';
import { describeReplace } from './replace.contract.ts';
import { describeScale } from './scale.contract.ts';
import { describeSelectors } from './selectors.contract.ts';
import { describeWatches } from './watch.contract.ts';
import { describeWorkloads } from './workloads.contract.ts';
import type { World } from './world.ts';

/**
 * What Nightshift relies on in a Kubernetes API server, and what the sandbox therefore promises: the same sentences hold for both,
 * spoken through the client that Nightshift uses, and by bare requests where its port has no word.
 */
export function kubernetesContract(start: () => Promise<World>): void {
  describe('kubernetes contract', () => {
    let world: World | undefined;
    const worldOf = (): World => {
      if (world === undefined) throw new Error('the world of the contract has not been started');
      return world;
    };

    beforeAll(async () => {
      world = await start();
    }, 90_000);

    afterAll(async () => world?.stop());

    describeDiscovery(worldOf);
    describeObjects(worldOf);
    describeReplace(worldOf);
    describeGuards(worldOf);
    describePatches(worldOf);
    describeApply(worldOf);
    describeScale(worldOf);
    describeSelectors(worldOf);
    describePermissions(worldOf);
    describeIdentities(worldOf);
    describeLimits(worldOf);
    describeWatches(worldOf);
    describeNamespaces(worldOf);
    describeWorkloads(worldOf);
    describePaging(worldOf);
  });
}
