import { type SmokeConfig, smokeConfig } from '../../functions/post-deploy-smoke/config.ts';
import { postDeploySmoke } from '../../functions/post-deploy-smoke/job.ts';
import { fieldsAt, isFields, textAt } from '../../lib/kubernetes/fields.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { processParameters } from '../../lib/platform/process-parameters.ts';
import type { CallerKind } from '../../lib/smoke/callers/call.ts';
import { readCall } from '../../lib/smoke/callers/read-call.ts';
import { clusterTargets, stateTarget } from '../config-from-flags.ts';
import type { Io } from '../io.ts';
import type { Invoked, InvokeFlags } from './invoked.ts';

/**
 * The function with the environment's configuration, or with a kubeconfig in place of the configured clusters. An event of a platform is read as the
 * function reads it, and its proof is run in one call: nobody but the terminal hears of it.
 */
export async function prepare(event: unknown, flags: InvokeFlags, io: Io): Promise<Invoked> {
  const asked = ownEvent(event, flags, io);
  const config = await configFor(asked, flags, io);
  return { name: postDeploySmoke.name, run: (options) => postDeploySmoke.run(asked, { ...options, ...(config && { config }) }) };
}

const SENDERS: Readonly<Record<Exclude<CallerKind, 'plain' | 'stray-http'>, string>> = {
  'code-pipeline': 'CodePipeline',
  'code-deploy': 'CodeDeploy',
  ecs: 'ECS',
  flagger: 'Flagger',
  argo: 'Argo Rollouts',
};

function ownEvent(event: unknown, { quiet }: InvokeFlags, io: Io): unknown {
  const { caller, event: own, problem } = readCall(event);
  if (caller.kind === 'stray-http')
    throw new BadInputError('the event is a request to a path that the function does not have', {
      hint: 'ask for /flagger/SUITE or /argo/SUITE',
    });
  if (problem !== undefined) throw new BadInputError(problem, { hint: 'correct the event' });
  if (caller.kind === 'plain') return own;
  if (!quiet) io.stderr.write(`an event of ${SENDERS[caller.kind]}: it is run in one call, and ${SENDERS[caller.kind]} is not answered\n`);
  return isFields(own) ? { ...own, inSteps: false } : own;
}

async function configFor(event: unknown, flags: InvokeFlags, io: Io): Promise<SmokeConfig | undefined> {
  const isLocal = flags.kubeconfig !== undefined || flags.context !== undefined;
  const hasState = flags.stateDir !== undefined || flags.stateBucket !== undefined || flags.statePrefix !== undefined;
  if (!isLocal && !hasState) return undefined;
  const config = await smokeConfig(io.env, processParameters);
  return {
    ...config,
    ...(isLocal && { clusters: await localClusters(event, flags, { config, env: io.env }) }),
    ...(hasState && { state: stateTarget(flags, io.env) }),
  };
}

/** The kubeconfig's cluster by every name that the event or its suite may have for it. */
async function localClusters(
  event: unknown,
  flags: InvokeFlags,
  { config, env }: { readonly config: SmokeConfig; readonly env: Io['env'] },
): Promise<SmokeConfig['clusters']> {
  const names = clustersFor(event, config);
  const targets = await clusterTargets(flags, env);
  return names.length === 0 ? targets : targets.flatMap((target) => names.map((name) => ({ ...target, name })));
}

/** That of the event, else that of the suite that it names, else those of all suites: CodeDeploy names the suite later. */
function clustersFor(event: unknown, { suites }: SmokeConfig): readonly string[] {
  const asked = isFields(event) ? event : {};
  const own = textAt(fieldsAt(asked, 'target'), 'cluster');
  if (own !== undefined) return [own];
  const named = textAt(asked, 'suite');
  const candidates = named === undefined ? Object.values(suites) : Object.hasOwn(suites, named) ? [suites[named]] : [];
  return [...new Set(candidates.flatMap((suite) => suite?.target?.cluster ?? []))];
}
