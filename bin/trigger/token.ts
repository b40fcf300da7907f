import { Secret } from '../../lib/platform/secret.ts';
import { UsageError } from '../errors.ts';
import type { TriggerFlags } from '../flags/trigger.ts';
import type { Io } from '../io.ts';

/**
 * The token, from a parameter or from the environment; never from the command line, which every user of the machine can read.
 * @param defaults variables that are looked at when no flag names one
 * @throws UsageError when there is none; ParameterError when the parameter cannot be read
 */
export async function tokenOf(
  { tokenEnv, tokenParameter }: TriggerFlags,
  { env, signal }: Io,
  defaults: readonly string[],
): Promise<Secret> {
  if (tokenParameter !== undefined) {
    const { processParameters } = await import('../../lib/platform/process-parameters.ts');
    return processParameters.secret(tokenParameter, signal);
  }
  const names = tokenEnv === undefined ? defaults : [tokenEnv];
  const value = names.map((name) => env[name]?.trim()).find((each) => each);
  if (value) return new Secret(value);
  throw new UsageError(`there is no token: ${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} not set`, {
    hint: 'set the variable, name another one with --token-env, or an SSM parameter with --token-parameter',
  });
}

/** Values that stand in environment variables, by the names that they get. @throws UsageError for a variable that is not set */
export function valuesFromEnv(pairs: Readonly<Record<string, string>>, { env }: Pick<Io, 'env'>): Readonly<Record<string, string>> {
  const entries = Object.entries(pairs).map(([name, variable]) => {
    const value = env[variable];
    if (value === undefined)
      throw new UsageError(`${name} has no value: the environment variable ${variable} is not set`, {
        hint: 'set it, or correct its name',
      });
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/** @throws UsageError when both give the same name */
export function merged(
  plain: Readonly<Record<string, string>> = {},
  secret: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const twice = Object.keys(plain).find((name) => Object.hasOwn(secret, name));
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`, { hint: 'give it once, plainly or by an environment variable' });
  return { ...plain, ...secret };
}
