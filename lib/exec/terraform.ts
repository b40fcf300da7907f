import { CLOUD, NETWORK } from './environment.ts';
import { ExecError } from './exec-error.ts';
import type { Outcome, RunOptions } from './run.ts';
import { type Tool, type ToolArgs, type ToolOptions, tool } from './tool.ts';

/** Backends and providers are configured by variables of their own. */
const INHERITED = [
  ...['TF_*', 'TFENV_*', 'TENV_*', 'TOFUENV_*', 'TERRAGRUNT_*', 'TERRAFORM_*', 'KUBE_*', 'KUBECONFIG', 'VAULT_*', 'CONSUL_*', 'PG*'],
  ...['GITHUB_TOKEN', 'GITLAB_TOKEN', 'CLOUDFLARE_*', 'DATADOG_*', 'DD_*', ...CLOUD, ...NETWORK],
];

const run = tool('terraform', INHERITED);

/** Nobody is there to answer a question. */
const AUTOMATION = { TF_IN_AUTOMATION: '1', TF_INPUT: '0' };

/** terraform, or OpenTofu's `tofu` where terraform is not installed and no program is named. */
export const terraform: Tool = async (args, options = {}) => {
  const automated = { ...options, env: { ...options.env, set: { ...AUTOMATION, ...options.env?.set } } };
  try {
    return await run(args, automated);
  } catch (error) {
    if (options.program !== undefined || !isMissing(error)) throw error;
    return await run(args, { ...automated, program: 'tofu' }).catch((other: unknown) => {
      throw isMissing(other) ? error : other;
    });
  }
};

/** `terraform output -json`, whole: the outputs of the state that `cwd` is initialised for, or `{}` (and exit code 0) where there is none. */
export function terraformOutput(options: ToolOptions = {}): Promise<Outcome> {
  return terraform(['output', '-json', '-no-color'], { capture: WHOLE, ...options });
}

/** Enough for any state's outputs; more would be a mistake. */
const WHOLE: NonNullable<RunOptions['capture']> = { headBytes: 64 * 1024 * 1024, tailBytes: 1 };

/** `terraform plan -detailed-exitcode`: 0 says that nothing changes, 2 that something does, 1 is an error. */
export async function terraformPlan(args: ToolArgs, options: ToolOptions = {}): Promise<'unchanged' | 'changes'> {
  const flags = ['plan', '-detailed-exitcode', '-input=false', '-no-color'];
  const { exitCode } = await terraform([...flags, ...args], { ...options, expected: [0, 2] });
  return exitCode === 0 ? 'unchanged' : 'changes';
}

function isMissing(error: unknown): boolean {
  return error instanceof ExecError && error.failure.kind === 'not-found' && error.message.includes('in PATH');
}
