import { CLOUD, NETWORK } from './environment.ts';
import type { Outcome } from './run.ts';
import { type ToolArgs, type ToolOptions, tool } from './tool.ts';

/** kubectl; it and the credential plugins that it starts inherit kubeconfig, cloud identity and proxies. Exit code 0, or an ExecError. */
export const kubectl = tool('kubectl', ['KUBECONFIG', 'KUBECTL_*', 'KUBERNETES_*', 'POD_NAMESPACE', ...CLOUD, ...NETWORK]);

export type KubectlDiff = { readonly differs: false } | { readonly differs: true; readonly diff: string };

/**
 * `kubectl diff`: what applying would change. Its exit code is 0 when nothing differs, 1 when something does, and larger for an error; kubectl itself, before
 * diff has begun, exits with 1 too, which is told by there being no diff on standard output.
 * @param args flags of `kubectl diff`, as in `['-f', 'deploy.yaml']`
 * @throws ExecError
 */
export async function kubectlDiff(args: ToolArgs, options: ToolOptions = {}): Promise<KubectlDiff> {
  const { exitCode, stdout } = await kubectl(['diff', ...args], {
    ...options,
    expected: (end) => end.exitCode === 0 || (end.exitCode === 1 && !complains(end)),
  });
  return exitCode === 0 ? { differs: false } : { differs: true, diff: stdout.text() };
}

function complains({ stdout, stderr }: Pick<Outcome, 'stdout' | 'stderr'>): boolean {
  return stdout.text().trim() === '' && stderr.text().trim() !== '';
}
