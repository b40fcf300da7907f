import type { CommandContext } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags } from '../flags/global.ts';

export interface SandboxFlags extends GlobalFlags {
  readonly serve?: boolean;
  readonly port?: number;
  readonly kubeconfigOut?: string;
}

/** `nightshift sandbox`: the story through the embedded world, or with --serve that world to be used by hand. */
export async function sandbox(context: CommandContext, flags: SandboxFlags): Promise<ExitCode> {
  if (flags.serve) return (await import('../sandbox/serve.ts')).serve(context, flags);
  if (flags.port !== undefined || flags.kubeconfigOut !== undefined) {
    throw new UsageError('--port and --kubeconfig-out need --serve', { hint: 'add --serve to keep the sandbox running' });
  }
  return (await import('../sandbox/tell.ts')).tell(context);
}
