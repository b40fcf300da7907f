import { once } from 'node:events';
import { BadInputError } from '../../lib/platform/errors.ts';
import { eveningAndMorning } from '../../sandbox/story/evening-and-morning.ts';
import { type SandboxWorld, startSandboxWorld } from '../../sandbox/world.ts';
import type { SandboxFlags } from '../commands/sandbox.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { isoOf } from '../iso.ts';
import { writeKubeconfig } from './kubeconfig-file.ts';

/** Serves the embedded world until Ctrl-C or SIGTERM. What it prints is ready for a shell's `eval`. */
export async function serve({ io, output }: CommandContext, flags: SandboxFlags): Promise<ExitCode> {
  const world = await start(flags.port);
  try {
    const kubeconfig = await writeKubeconfig(world.kubernetes.kubeconfig(), flags.kubeconfigOut);
    try {
      await announce(world, kubeconfig.path, { io, output });
      if (!io.signal.aborted) await once(io.signal, 'abort');
    } finally {
      await kubeconfig.remove();
    }
  } finally {
    await world.close();
  }
  return ExitCode.done;
}

async function start(port: number | undefined): Promise<SandboxWorld> {
  try {
    return await startSandboxWorld(port === undefined ? {} : { port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'it is reserved for the administrator' : 'another program has it';
    throw new BadInputError(`the sandbox cannot listen on port ${port}: ${why}`, {
      cause: error,
      hint: 'choose another port, or leave --port out',
    });
  }
}

async function announce(world: SandboxWorld, kubeconfig: string, { io, output }: CommandContext): Promise<void> {
  const { kubernetes, aws, clusterName, stateBucket } = world;
  const env = { KUBECONFIG: kubeconfig, ...world.functionEnvironment() };
  const document = { kubernetes: kubernetes.url, aws: aws.endpoint, cluster: clusterName, bucket: stateBucket, env };
  await output.result(document, () =>
    Object.entries(env)
      .map(([name, value]) => `export ${name}=${quoted(value)}`)
      .join('\n'),
  );
  const guide = [
    '',
    `The sandbox is up: Kubernetes at ${kubernetes.url}, AWS at ${aws.endpoint}. Copy the lines above into another shell, then try`,
    '  kubectl get deployments -A',
    `  nightshift plan --at ${isoOf(eveningAndMorning(io.clock.now()).evening)}`,
    `  nightshift sleep --cluster ${clusterName} --state-bucket ${stateBucket}`,
    '  nightshift wake',
    '  nightshift invoke scale-dev-nightly --dry-run',
    'Ctrl-C ends it, and everything in it is gone.',
  ];
  for (const line of guide) output.note(line);
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
