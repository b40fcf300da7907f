import { createConnector } from '../../lib/connect/connector.ts';
import type { KubernetesClient } from '../../lib/kubernetes/client.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import { defineJob, type Job, type RunContext } from '../../lib/platform/job.ts';
import { applyNight, type ClusterDecision, decideNight, type NightWorld, observeNight, type Sight } from '../../lib/sleep/night.ts';
import { planReport, runReport } from '../../lib/sleep/night-report.ts';
import type { SleepPolicy } from '../../lib/sleep/policy.ts';
import type { Prices } from '../../lib/sleep/prices.ts';
import type { Intent } from '../../lib/sleep/wanted.ts';
import { type ScaleConfig, scaleConfig } from './config.ts';
import { type ScaleEvent, scaleEventSchema } from './event.ts';

interface World extends NightWorld {
  readonly prices: Prices | undefined;
  readonly close: () => void;
}

interface Observed {
  readonly sights: readonly Sight[];
  readonly policy: SleepPolicy;
  readonly prices: Prices | undefined;
}

interface Decided {
  readonly clusters: readonly ClusterDecision[];
  readonly prices: Prices | undefined;
}

const intents: Readonly<Record<ScaleEvent['action'], Intent>> = {
  reconcile: 'schedule',
  plan: 'schedule',
  sleep: 'sleep',
  wake: 'wake',
  restore: 'wake',
};

const { openCluster, openStore } = createConnector();

/** Puts dev workloads to sleep when nobody works and wakes them before people come back; never loses what they were. */
export const scaleDevNightly: Job<ScaleConfig> = defineJob<ScaleEvent, ScaleConfig, World, Observed, Decided>({
  name: 'scale-dev-nightly',
  summary: 'puts dev workloads to sleep when nobody works, wakes them before people come back',
  event: scaleEventSchema,
  config: scaleConfig,
  compose,
  observe: async (event, world, context) => {
    const here = narrow(world, event);
    return { sights: await observeNight(here, context, restoredRun(event)), policy: here.policy, prices: here.prices };
  },
  decide: ({ sights, policy, prices }, event, now) => {
    const when = { now: event.at ?? now, intent: intents[event.action] };
    return { clusters: decideNight(sights, policy, when), prices };
  },
  preview: ({ clusters, prices }) => planReport(clusters, prices),
  act: async ({ clusters, prices }, world, context) => runReport(await applyNight(clusters, world, context, context.progress), prices),
  isDryRun: (event) => event.dryRun || event.action === 'plan',
  runIdOf: (event) => (event.action === 'restore' ? undefined : event.runId),
  reportsIn: ({ store }) => store,
  close: (world) => world.close(),
});

async function compose(config: ScaleConfig, context: RunContext): Promise<World> {
  const open: KubernetesClient[] = [];
  return {
    clusters: config.clusters.map((target) => ({
      name: target.name,
      connect: async () => {
        const client = await openCluster(target, context, config.concurrency);
        open.push(client);
        return client;
      },
    })),
    store: await openStore(config.state, context.env),
    policy: config.policy,
    prices: config.prices,
    concurrency: config.concurrency,
    clusterRecreated: config.restore?.clusterRecreated,
    close: () => {
      for (const client of open) client.close();
    },
  };
}

/** The part of the world that the event asks for. @throws BadInputError for a cluster that the configuration does not have */
function narrow(world: World, event: ScaleEvent): World {
  const clusters = world.clusters.filter(({ name }) => event.cluster === undefined || name === event.cluster);
  if (clusters.length === 0) {
    throw new BadInputError(`cluster ${event.cluster} is not configured`, {
      hint: `configured: ${world.clusters.map(({ name }) => name).join(', ')}`,
    });
  }
  return { ...world, clusters, policy: { ...world.policy, ...namespacesOf(world.policy, event) } };
}

/** An event can narrow the configured namespaces, not widen them. */
function namespacesOf({ namespaces }: SleepPolicy, event: ScaleEvent): { readonly namespaces?: string[] } {
  if (event.namespaces === undefined) return {};
  const outside = event.namespaces.filter((name) => namespaces !== undefined && !namespaces.includes(name));
  if (outside.length > 0)
    throw new BadInputError(`namespace ${outside.join(', ')} is outside of the configured ones`, {
      hint: `configured: ${namespaces?.join(', ')}`,
    });
  return { namespaces: event.namespaces };
}

function restoredRun(event: ScaleEvent): string | undefined {
  if (event.action !== 'restore') return undefined;
  if (event.runId === undefined)
    throw new BadInputError('restore needs a runId: the run whose originals shall be put back', {
      hint: 'take it from the report of the run that put things to sleep',
    });
  return event.runId;
}
