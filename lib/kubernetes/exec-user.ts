import type { Clock } from '../platform/clock.ts';
import { type ExecCredential, readExecCredential } from './exec-credential.ts';
import { type Fields, isFields } from './fields.ts';
import type { KubeconfigContext } from './kubeconfig-context.ts';

export interface PluginSurroundings {
  /** What the plugin inherits, and where its command is looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** How long the plugin may take, in milliseconds. */
  readonly limitMs: number;
}

/** Runs the exec plugin of a context's user and keeps what it printed until that expires. */
export function execUser(context: KubeconfigContext, exec: Fields, { env, clock, limitMs }: PluginSurroundings): UserSource {
  let kept: ExecCredential | undefined;
  return async (signal) => {
    if (kept && clock.now() < kept.until) return kept.user;
    const { runPlugin } = await import('./plugin-process.ts');
    const printed = await runPlugin({
      command: String(exec.command),
      args: listOf(exec.args).map(String),
      env: { ...env, ...variables(exec), KUBERNETES_EXEC_INFO: execInfo(exec, context) },
      limitMs,
      signal,
    });
    kept = readExecCredential(printed);
    return kept.user;
  };
}

/** The fields of a kubeconfig's user that say all there is to say: a token, a certificate, a password. */
export type UserSource = (signal: AbortSignal) => Promise<Fields>;

function variables(exec: Fields): Record<string, string> {
  return Object.fromEntries(listOf(exec.env).flatMap((entry) => (isFields(entry) ? [[String(entry.name), String(entry.value)]] : [])));
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats */
function execInfo(exec: Fields, { cluster }: KubeconfigContext): string {
  const about = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority-data', 'proxy-url'];
  const spec = {
    interactive: false,
    ...(exec.provideClusterInfo === true && { cluster: Object.fromEntries(about.map((key) => [key, cluster[key]])) }),
  };
  return JSON.stringify({ apiVersion: exec.apiVersion, kind: 'ExecCredential', spec });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
