import { CLOUD, NETWORK } from './environment.ts';
import { ExecError } from './exec-error.ts';
import { type ToolArgs, type ToolOptions, tool } from './tool.ts';

/** helm; inherits its own settings, the kubeconfig, cloud identity and proxies. It exits with 1 for every error. */
export const helm = tool('helm', ['HELM_*', 'KUBECONFIG', 'KUBERNETES_*', 'DOCKER_CONFIG', ...CLOUD, ...NETWORK]);

export type HelmDiff = { readonly differs: false } | { readonly differs: true; readonly diff: string };

/**
 * `helm diff upgrade` of the helm-diff plugin: what an upgrade would change. With `--detailed-exitcode` 0 says nothing, 2 something, 1 is an error.
 * @param args release, chart and flags, as in `['shop', './chart', '-f', 'values.yaml']`
 */
export async function helmDiff(args: ToolArgs, options: ToolOptions = {}): Promise<HelmDiff> {
  const { exitCode, stdout } = await helm(['diff', 'upgrade', '--detailed-exitcode', '--no-color', ...args], {
    ...options,
    expected: [0, 2],
  });
  return exitCode === 0 ? { differs: false } : { differs: true, diff: stdout.text() };
}

/** `helm status RELEASE -o json`: the JSON, or undefined for a release that is not there, which helm tells from other errors in words only. */
export async function helmStatus(release: string, args: ToolArgs = [], options: ToolOptions = {}): Promise<string | undefined> {
  try {
    const { stdout } = await helm(['status', release, '--output', 'json', ...args], options);
    return stdout.wholeText();
  } catch (error) {
    if (error instanceof ExecError && error.exitCode === 1 && /release: not found/.test(error.stderrTail)) return undefined;
    throw error;
  }
}
