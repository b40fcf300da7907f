import { afterAll, beforeAll, describe } from 'vitest';
import { Secret } from '../../lib/platform/secret.ts';
import type { RegistryAuth } from '../../sandbox/registry/access.ts';
import { type RegistrySandbox, startRegistrySandbox } from '../../sandbox/registry/server.ts';
import { registryContract } from './registry.contract.ts';

const users = { night: 'sandbox-password' };
const login = { username: 'night', password: new Secret('sandbox-password') };

describe.each<RegistryAuth>([{ kind: 'none' }, { kind: 'basic', users }, { kind: 'bearer', users }])(
  'registry of the sandbox with $kind',
  (auth) => {
    let registry: RegistrySandbox;
    beforeAll(async () => {
      registry = await startRegistrySandbox({ auth });
    });
    afterAll(() => registry.close());

    registryContract(() => ({
      host: registry.host,
      push: async (repository, tag, image) => registry.push(repository, tag, image),
      credentials: async () => login,
    }));
  },
);
