import { BadInputError, messageOf } from '../platform/errors.ts';
import { redactText } from '../platform/redact.ts';
import { REDACTED } from '../platform/secret.ts';
import { CredentialsError } from './errors.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';

/**
 * Says of a failed attempt to get credentials whether the plugin is missing, the plugin failed, or something else did. No `cause` is kept of what
 * plugins and providers throw: it may hold what they were given.
 */
export function credentialsError(context: KubeconfigContext, error: unknown): Error {
  const who = `user ${context.userName ?? '(none)'} in context ${context.name}`;
  const exec = context.user['exec'];
  if (typeof exec !== 'object' || exec === null || !('command' in exec)) {
    return new CredentialsError(`cannot get credentials of ${who}: ${lastLine(error)}`, {
      cluster: context.clusterName,
      hint: 'log in again, or fetch the cluster credentials again',
    });
  }
  const plugin = String(exec.command);
  if (isMissing(error)) {
    const hint = 'installHint' in exec && typeof exec.installHint === 'string' ? exec.installHint.trim().slice(0, 400) : undefined;
    return new BadInputError(`cannot get credentials of ${who}: the plugin ${plugin} is not installed`, {
      hint: hint ?? 'install it, or put it into PATH',
    });
  }
  // Its output may hold half a credential: a SyntaxError would quote it.
  const why =
    error instanceof SyntaxError || error instanceof TypeError ? 'it printed no ExecCredential' : without(secretsOf(exec), lastLine(error));
  return new CredentialsError(`cannot get credentials of ${who}: the plugin ${plugin} failed: ${why}`, {
    cluster: context.clusterName,
    hint: 'run the plugin by hand; usually a login has expired',
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
}

/** Plugins print usage and traces before the reason, and some print what they were given. */
function lastLine(error: unknown): string {
  const lines = messageOf(error)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return redactText((lines.at(-1) ?? 'it gave no reason').trim()).slice(0, 300);
}

/** The values of the environment that the kubeconfig sets for its plugin: client secrets and passwords stand there, and profiles and regions. */
function secretsOf(exec: object): readonly string[] {
  const env: unknown = 'env' in exec ? exec.env : undefined;
  const entries: readonly unknown[] = Array.isArray(env) ? env : [];
  return entries.flatMap((entry) => {
    if (typeof entry !== 'object' || entry === null || !('name' in entry && 'value' in entry)) return [];
    const { name, value } = entry;
    return typeof value === 'string' && value !== '' && /secret|password|token|key|credential/i.test(String(name)) ? [value] : [];
  });
}

function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text);
}
