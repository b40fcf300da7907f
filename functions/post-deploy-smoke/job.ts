import { defineJob, type Job, type Outcome, type RunContext } from '../../lib/platform/job.ts';
import { judge } from '../../lib/smoke/gate/judge.ts';
import type { Proof } from '../../lib/smoke/gate/proof.ts';
import { prove } from '../../lib/smoke/gate/prove.ts';
import { askedOf } from './asked.ts';
import { type SmokeConfig, smokeConfig } from './config.ts';
import { type SmokeEvent, smokeEventSchema } from './event.ts';
import { keepReports, recordDeploy } from './keep.ts';
import { type SmokeWorld, smokeWorld } from './world.ts';

interface Decided {
  readonly proof: Proof;
  readonly outcome: Outcome;
}

/** Proves after a deploy that the new version is what answers, or says why not. A dry run proves as well, and writes neither record nor report. */
export const postDeploySmoke: Job<SmokeConfig> = defineJob<SmokeEvent, SmokeConfig, SmokeWorld, Proof, Decided>({
  name: 'post-deploy-smoke',
  summary: 'proves after a deploy that the new version is what answers, or says why not',
  event: smokeEventSchema,
  config: smokeConfig,
  compose: smokeWorld,
  observe: proofOf,
  decide: (proof) => ({ proof, outcome: judge(proof) }),
  preview: ({ outcome }) => outcome,
  act: async ({ proof, outcome }, world, context) => {
    // At the same time: a bucket that does not answer must not cost the record.
    const kept = await Promise.all([keepReports(proof, world, context), recordDeploy({ proof, outcome }, world, context)]);
    return withWarnings(outcome, kept.flat());
  },
  runIdOf: ({ runId }) => runId,
  reportsIn: ({ store }) => store,
  close: (world) => world.close(),
});

async function proofOf(event: SmokeEvent, world: SmokeWorld, { clock }: RunContext): Promise<Proof> {
  const { suite, target, app } = await askedOf(event, world.config, world.applicationOf);
  const startedAt = event.startedAt ?? clock.now();
  return prove(
    {
      ...(target && { target: { cluster: target.cluster, namespace: target.namespace, kind: target.kind, name: target.name } }),
      ...(target?.image !== undefined && { image: target.image }),
      ...(suite && { suite }),
      ...(app !== undefined && { app }),
      ...(event.version !== undefined && { version: event.version }),
      ...(event.digest !== undefined && { digest: event.digest }),
      given: event.variables ?? {},
      leftMs: Math.max(0, startedAt + event.timeoutSeconds * 1_000 - clock.now()),
      inSteps: event.inSteps,
    },
    world.proof,
  );
}

/** What could not be kept makes no proof wrong, and somebody should know. */
function withWarnings(outcome: Outcome, warnings: readonly string[]): Outcome {
  if (warnings.length === 0) return outcome;
  const items = warnings.map((reason) => ({ ref: 'the records', action: 'warned', reason }));
  return { ...outcome, status: outcome.status === 'ok' ? 'degraded' : outcome.status, items: [...outcome.items, ...items] };
}
