import { once } from 'node:events';
import { BadInputError } from '../../lib/platform/errors.ts';
import { type CiWorld, startCiWorld } from '../../sandbox/ci/world.ts';
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
  const ci = await startCiWorld();
  try {
    const kubeconfig = await writeKubeconfig(world.kubernetes.kubeconfig(), flags.kubeconfigOut);
    try {
      await announce({ world, ci, kubeconfig: kubeconfig.path }, { io, output });
      if (!io.signal.aborted) await once(io.signal, 'abort');
    } finally {
      await kubeconfig.remove();
    }
  } finally {
    await Promise.all([world.close(), ci.close()]);
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

interface Served {
  readonly world: SandboxWorld;
  readonly ci: CiWorld;
  /** Path of the file. */
  readonly kubeconfig: string;
}

async function announce({ world, ci, kubeconfig }: Served, { io, output }: CommandContext): Promise<void> {
  const { kubernetes, aws, clusterName, stateBucket, recordsTable, storefront } = world;
  const env = { KUBECONFIG: kubeconfig, ...world.functionEnvironment(), ...ci.env() };
  const document = {
    kubernetes: kubernetes.url,
    aws: aws.endpoint,
    cluster: clusterName,
    bucket: stateBucket,
    table: recordsTable,
    storefront: storefront.url,
    jenkins: ci.jenkins.url,
    github: ci.github.url,
    env,
    functions: { 'post-deploy-smoke': { env: { ...env, ...world.functionEnvironment('post-deploy-smoke') } } },
  };
  await output.result(document, () => shellLines(env, document.functions['post-deploy-smoke'].env).join('\n'));
  const guide = [
    '',
    `The sandbox is up: Kubernetes at ${kubernetes.url}, AWS at ${aws.endpoint},`,
    `Jenkins at ${ci.jenkins.url}, GitHub at ${ci.github.url}. Copy the lines above into another shell, then try`,
    '  kubectl get deployments -A',
    `  nightshift plan --at ${isoOf(eveningAndMorning(io.clock.now()).evening)}`,
    `  nightshift sleep --cluster ${clusterName} --state-bucket ${stateBucket}`,
    '  nightshift wake',
    '  nightshift invoke scale-dev-nightly --dry-run',
    '  nightshift rollout wait deployment/storefront -n shop',
    `  echo '{"suite":"storefront","version":"4.18.2"}' | as_post_deploy_smoke nightshift invoke post-deploy-smoke --event -`,
    '  nightshift trigger jenkins shop/deploy --param VERSION=1.4.2 --wait --console',
    '  nightshift trigger github octo-org/shop deploy.yml --ref main --wait',
    'Ctrl-C ends it, and everything in it is gone.',
  ];
  for (const line of guide) output.note(line);
}

/** The environment of one function, and a word that runs a command in that of the other: both have variables of the same names. */
function shellLines(env: Readonly<Record<string, string>>, smoke: Readonly<Record<string, string>>): readonly string[] {
  const other = Object.entries(smoke).filter(([name, value]) => env[name] !== value);
  return [
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `as_post_deploy_smoke() { env ${other.map(([name, value]) => `${name}=${quoted(value)}`).join(' ')} "$@"; }`,
  ];
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
