import { BadInputError, messageOf } from '../platform/errors.ts';
import { redactText } from '../platform/redact.ts';
import { CredentialsError } from './errors.ts';
import { isFields } from './fields.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';
import { LoginNeededError } from './login-needed.ts';
import { secretsOf, without } from './plugin-secrets.ts';

/**
 * Says of a failed attempt to get credentials whether the plugin is missing, the plugin failed, or something else did. No `cause` is kept of what
 * plugins and providers throw: it may hold what they were given.
 */
export function credentialsError(context: KubeconfigContext, error: unknown): Error {
  const failed = `cannot get credentials of user ${context.userName ?? '(none)'} in context ${context.name}:`;
  const refused = (why: string, hint: string): CredentialsError =>
    new CredentialsError(`${failed} ${why}`, { cluster: context.clusterName, hint });
  if (error instanceof LoginNeededError) return refused(error.message, error.hint);

  const said = (nothing: string): string => without(secretsOf(context.user), reasonOf(error, nothing));
  const { exec } = context.user;
  if (!isFields(exec)) return refused(said('its auth-provider printed no JSON'), 'log in again, or fetch the cluster credentials again');

  const plugin = String(exec.command);
  if (isMissing(error)) {
    const hint = typeof exec.installHint === 'string' ? exec.installHint.trim().slice(0, 400) : 'install it, or put it into PATH';
    return new BadInputError(`${failed} the plugin ${plugin} is not installed`, { hint });
  }
  return refused(
    `the plugin ${plugin} failed: ${said('it printed no ExecCredential')}`,
    'run the plugin by hand; usually a login has expired',
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
}

/** What was printed may hold half a credential, and a SyntaxError would quote it. */
function reasonOf(error: unknown, nothing: string): string {
  return error instanceof SyntaxError || error instanceof TypeError ? nothing : lastLine(error);
}

/** Plugins print usage and traces before the reason, and some print what they were given. */
function lastLine(error: unknown): string {
  const lines = messageOf(error)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return redactText((lines.at(-1) ?? 'it gave no reason').trim()).slice(0, 300);
}
