import { describe } from 'vitest';
import { type KubectlWorld, kubectlContract } from '../contract/kubernetes/kubectl.contract.ts';
import { startSandboxWorld } from '../contract/kubernetes/sandbox-world.ts';
import { assetsFolder, findPrograms } from '../support/control-plane/assets.ts';
import { hasControlPlane } from '../support/real-parts.ts';

async function startForKubectl(): Promise<KubectlWorld> {
  const { kubectl } = findPrograms(assetsFolder(), ['kubectl']);
  const world = await startSandboxWorld();
  return { kubectl, kubeconfig: (user) => world.kubeconfig(world.access(user).token), stop: () => world.stop() };
}

describe.runIf(hasControlPlane())('the sandbox', () => {
  kubectlContract(startForKubectl);
});
