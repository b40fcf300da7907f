import type { Secret } from '../platform/secret.ts';

export interface RegistryLogin {
  readonly username: string;
  readonly password: Secret;
}

/** Who to be at a registry; `undefined` for nobody, and for registries that it does not know. */
export type RegistryCredentials = (registry: string, signal?: AbortSignal) => Promise<RegistryLogin | undefined>;

export function basicHeader({ username, password }: RegistryLogin): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`;
}
