import { randomUUID } from 'node:crypto';
import { startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { clientsOf } from './clients.ts';
import type { World } from './world.ts';

/** The sandbox as a contract's world, with the same three users as a real control plane has. */
export async function startSandboxWorld(): Promise<World & { kubeconfig(token: string): string }> {
  const tokens = { admin: randomUUID(), limited: randomUUID(), stranger: randomUUID() };
  const sandbox = await startKubernetesSandbox({
    tokens: {
      [tokens.admin]: { user: 'admin', groups: ['system:masters'] },
      [tokens.limited]: { user: 'limited', groups: ['limited-people'] },
    },
  });
  const { client, access, close } = clientsOf(sandbox, tokens);
  return {
    client,
    access,
    kubeconfig: (token) => sandbox.kubeconfig(token),
    expireHistory: async () => sandbox.compact(),
    async stop() {
      close();
      await sandbox.close();
    },
  };
}
