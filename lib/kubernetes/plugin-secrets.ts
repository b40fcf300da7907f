import { REDACTED } from '../platform/secret.ts';
import { type Fields, isFields } from './fields.ts';

const SECRET_NAME = /secret|password|passphrase|token|key|credential/i;

/**
 * What a kubeconfig's user gives to its plugin or provider and nobody else may see: values of the environment, of the arguments and of the
 * provider's configuration whose names say so. Profiles, regions and client ids are not among them.
 */
export function secretsOf(user: Fields): readonly string[] {
  const exec = isFields(user.exec) ? user.exec : {};
  const provider = isFields(user['auth-provider']) ? user['auth-provider'] : {};
  const config = isFields(provider.config) ? provider.config : {};
  const named: readonly (readonly [name: unknown, value: unknown])[] = [
    ...listOf(exec.env).flatMap((entry) => (isFields(entry) ? [[entry.name, entry.value] as const] : [])),
    ...argumentsOf(listOf(exec.args).map(String)),
    ...argumentsOf(String(config['cmd-args'] ?? '').split(/\s+/)),
    ...Object.entries(config),
  ];
  const secret = named.flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' && SECRET_NAME.test(String(name)) ? [value] : [],
  );
  // The longest first: one may be the beginning of another.
  return [...new Set(secret)].sort((a, b) => b.length - a.length);
}

/** `--name=value` and `--name value`, with any number of dashes. */
function argumentsOf(args: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return args.flatMap((arg, index) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(arg) ?? [];
    if (name !== undefined && value !== undefined) return [[name, value] as const];
    const next = args[index + 1];
    return arg.startsWith('-') && next !== undefined && !next.startsWith('--') ? [[arg, next] as const] : [];
  });
}

export function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
