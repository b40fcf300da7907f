import { execUser, type PluginSurroundings, type UserSource } from './exec-user.ts';
import { type Fields, isFields } from './fields.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';
import { oidcUser } from './oidc-user.ts';

/**
 * Where a context's user gets what it authenticates with: from the file itself, from its exec plugin, or from its provider. A token or a password
 * that stands in the file wins over both, as kubectl has it.
 * The source throws when a plugin or a provider has nothing to give, before anything is sent. A user without any of them is nobody
 * (`system:anonymous`), which is legal.
 */
export function userSource(context: KubeconfigContext, surroundings: PluginSurroundings): UserSource {
  const { user } = context;
  const { exec, 'auth-provider': provider } = user;
  if (hasOwn(user)) return async () => user;
  if (isFields(exec)) return over(user, execUser(context, exec, surroundings));
  if (!isFields(provider)) return async () => user;
  if (provider.name === 'oidc') return over(user, oidcUser(provider, surroundings.clock));
  return over(user, async () => {
    const { providerUser } = await import('./kubeconfig-for-client-node.ts');
    return providerUser(context);
  });
}

/** Whether there is anything at all that tells the server who asks. */
export function isAnonymous({ user }: KubeconfigContext): boolean {
  return ![...OWN, 'client-certificate', 'client-certificate-data', 'exec', 'auth-provider'].some((key) => isGiven(user[key]));
}

const OWN = ['token', 'tokenFile', 'username'];

function hasOwn(user: Fields): boolean {
  return OWN.some((key) => isGiven(user[key]));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function over(user: Fields, source: UserSource): UserSource {
  return async (signal) => ({ ...user, ...(await source(signal)) });
}
