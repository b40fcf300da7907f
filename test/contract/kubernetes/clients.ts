import type { Connection } from '../../../lib/kubernetes/connection.ts';
import { type CountingKubernetesClient, createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import type { ApiAccess } from '../../support/api-request.ts';
import type { ContractUser, World } from './world.ts';

/** Connections that never change: these tokens do not expire. */
function fixedConnection({ url, caPem, token }: ApiAccess): Connection {
  const access = { server: new URL(url), tls: { ca: caPem }, headers: { authorization: `Bearer ${token}` } };
  return { access: async () => access, invalidate: () => {}, unauthorizedHint: 'the token is not one of this server' };
}

/** One client per user of a server, kept for the whole suite so that connections are reused; `close` ends them. */
export function clientsOf(
  server: { readonly url: string; readonly caPem: string },
  tokens: Readonly<Record<ContractUser, string>>,
): Pick<World, 'client' | 'access'> & { close(): void } {
  const access = (user: ContractUser = 'admin'): ApiAccess => ({ ...server, token: tokens[user] });
  const clients = new Map<ContractUser, CountingKubernetesClient>();
  return {
    access,
    client(user = 'admin') {
      const known = clients.get(user);
      if (known !== undefined) return known;
      const made = createKubernetesClient({ cluster: 'contract', connection: fixedConnection(access(user)), clock: systemClock });
      clients.set(user, made);
      return made;
    },
    close() {
      for (const client of clients.values()) client.close();
    },
  };
}
