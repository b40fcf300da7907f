import { randomUUID } from 'node:crypto';
import type { CountingKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { type ApiAccess, type ApiAnswer, apiRequest } from '../../support/api-request.ts';
import { NAMESPACES } from './resources.ts';

/** `limited`, of group `limited-people`, is known and may do nothing until a test binds a role; `stranger` holds a token that the server never issued. */
export type ContractUser = 'admin' | 'limited' | 'stranger';

/** One Kubernetes API server under the contract, and the client under test connected to it. */
export interface World {
  client(user?: ContractUser): CountingKubernetesClient;
  /** For bare requests beside the client. */
  access(user?: ContractUser): ApiAccess;
  /** Forgets the history before now, so that what was issued under it is answered 410, at once or some seconds later. */
  expireHistory(): Promise<void>;
  stop(): Promise<void>;
}

/** The world of a test; suites are registered before a world is started. */
export type WorldOf = () => World;

/** A namespace of its own for each test; its name. */
export async function newNamespace(world: World): Promise<string> {
  const name = `contract-${randomUUID().slice(0, 8)}`;
  await world.client().create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
}

/** A bare request as `user`; its answer, whatever the status. */
export async function bare(
  world: World,
  method: string,
  path: string,
  options: Parameters<typeof apiRequest>[3] & { readonly user?: ContractUser } = {},
): Promise<ApiAnswer> {
  const { user, ...rest } = options;
  return apiRequest(world.access(user), method, path, rest);
}

/** The rejection of `work`; throws when there is none. */
export async function rejectionOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error('expected a rejection, the call succeeded');
    },
    (error: unknown) => error,
  );
}
