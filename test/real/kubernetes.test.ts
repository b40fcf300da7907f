import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { clientsOf } from '../contract/kubernetes/clients.ts';
import { type KubectlWorld, kubectlContract } from '../contract/kubernetes/kubectl.contract.ts';
import { kubernetesContract } from '../contract/kubernetes/kubernetes.contract.ts';
import type { World } from '../contract/kubernetes/world.ts';
import { startControlPlane } from '../support/control-plane.ts';
import { hasControlPlane } from '../support/real-parts.ts';

async function startRealWorld(): Promise<World> {
  const plane = await startControlPlane({ controllers: true, nodes: true });
  const { client, access, close } = clientsOf(plane, { admin: plane.adminToken, limited: plane.limitedToken, stranger: randomUUID() });
  return {
    client,
    access,
    expireHistory: () => plane.compact(),
    async stop() {
      close();
      await plane.stop();
    },
  };
}

async function startForKubectl(): Promise<KubectlWorld> {
  const plane = await startControlPlane({ controllers: true, nodes: true });
  return {
    kubectl: plane.kubectl,
    kubeconfig: (user) => plane.kubeconfig(user === 'admin' ? plane.adminToken : plane.limitedToken),
    stop: () => plane.stop(),
  };
}

describe.runIf(hasControlPlane())('a real control plane', () => {
  kubernetesContract(startRealWorld);
  kubectlContract(startForKubectl);
});
