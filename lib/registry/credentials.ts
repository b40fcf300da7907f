import type { Secret } from '../platform/secret.ts';

export interface RegistryLogin {
  readonly username: string;
  readonly password: Secret;
}

/** Who to be at a registry; `undefined` for nobody, and for registries that it does not know. */
export type RegistryCredentials = (registry: string, signal?: AbortSignal) => Promise<RegistryLogin | undefined>;

/** The first of several that knows the registry. */
export function firstLogin(...all: readonly RegistryCredentials[]): RegistryCredentials {
  return async (registry, signal) => {
    for (const credentials of all) {
      const login = await credentials(registry, signal);
      if (login) return login;
    }
    return undefined;
  };
}

export function basicHeader({ username, password }: RegistryLogin): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
}
