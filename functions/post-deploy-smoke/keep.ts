import { STAGE_VARIABLE } from '../../lib/platform/environment-names.ts';
import { messageOf } from '../../lib/platform/errors.ts';
import type { Outcome, RunContext } from '../../lib/platform/job-definition.ts';
import type { Proof } from '../../lib/smoke/gate/proof.ts';
import type { SmokeWorld } from './world.ts';

/**
 * Keeps the reports of a suite as `smoke/<run id>.json`, `.xml` (JUnit) and `.html` in the state bucket.
 * @returns what could not be kept: the proof stands without it
 */
export async function keepReports(
  { suite }: Proof,
  { store }: Pick<SmokeWorld, 'store'>,
  { runId, deadline }: RunContext,
): Promise<readonly string[]> {
  if (suite === undefined || store === undefined) return [];
  const [{ htmlReport }, { junitReport }] = await Promise.all([
    import('../../lib/smoke/report/html.ts'),
    import('../../lib/smoke/report/junit.ts'),
  ]);
  const reports = { json: JSON.stringify(suite), xml: junitReport(suite), html: htmlReport(suite) };
  const write = async ([ending, text]: readonly [string, string]): Promise<void> => {
    await store.putIfAbsent(`smoke/${runId}.${ending}`, text, deadline.signal);
  };
  return warningsOf('a report was not kept', await Promise.allSettled(Object.entries(reports).map(write)));
}

/** Records what was deployed and what the proof said of it, for health-alarm. Nothing is recorded of what is not finished or has no application. */
export async function recordDeploy(
  { proof, outcome }: { readonly proof: Proof; readonly outcome: Outcome },
  { records }: Pick<SmokeWorld, 'records'>,
  { runId, clock, deadline, env }: RunContext,
): Promise<readonly string[]> {
  const { app, version, digest, target } = proof.claim;
  if (records === undefined || app === undefined || outcome.remaining > 0) return [];
  const add = async (): Promise<void> => {
    const { deploys } = await import('../../lib/records/deploys.ts');
    await deploys(await records()).add(
      {
        app,
        stage: env[STAGE_VARIABLE] || 'none',
        at: new Date(clock.now()).toISOString(),
        verdict: outcome.status,
        runId,
        ...(version !== undefined && { version }),
        ...(digest !== undefined && { digest }),
        ...(target && { target }),
      },
      deadline.signal,
    );
  };
  return warningsOf('the deploy was not recorded', await Promise.allSettled([add()]));
}

function warningsOf(what: string, results: readonly PromiseSettledResult<void>[]): readonly string[] {
  const failed = results.filter((result) => result.status === 'rejected');
  return [...new Set(failed.map(({ reason }) => `${what}: ${messageOf(reason)}`))];
}
