import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';
import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import type { GithubHandle } from './handle.ts';
import { repositoryPath } from './repository.ts';
import { type Run, runSchema } from './run.ts';

const listSchema = z.object({ workflow_runs: z.array(runSchema) });
const jobsSchema = z.object({ jobs: z.array(z.object({ name: z.string(), steps: z.array(z.object({ name: z.string() })).optional() })) });

/** Runs whose jobs are looked into: those that began around the same time. */
const LOOKED_INTO = 20;

/**
 * The run that shows the handle's unique id, in its title (`run-name`) or in the name of a job or a step; `undefined` when none does yet.
 * Time and event only narrow the search down: neither makes a run ours.
 */
export async function findRun(
  client: GithubClient,
  { repository, target }: GithubHandle,
  patience: Patience = {},
): Promise<Run | undefined> {
  if (target.by === 'run') throw new BadInputError('this handle names its run already');
  const { workflow, id, since } = target;
  const repo = repositoryPath(repository);
  const query = new URLSearchParams({ event: 'workflow_dispatch', created: `>=${since}`, per_page: '100' });
  const path = `${repo}/actions/workflows/${encodeURIComponent(workflow)}/runs?${query}`;
  const { workflow_runs: runs } = await client.getJson(path, listSchema, `list the runs of ${workflow}`, patience);
  const titled = runs.find((run) => run.display_title?.includes(id) || run.name?.includes(id));
  if (titled) return titled;
  for (const run of runs.slice(-LOOKED_INTO)) {
    const { jobs } = await client.getJson(
      `${repo}/actions/runs/${run.id}/jobs?per_page=100`,
      jobsSchema,
      `list the jobs of run ${run.id}`,
      patience,
    );
    if (jobs.some((job) => job.name.includes(id) || job.steps?.some((step) => step.name.includes(id)))) return run;
  }
  return undefined;
}

const LOOKS = 3;
const PAUSE_MS = 2_000;

/** The run of a dispatch whose answer got lost. GitHub may still be busy with it, so it is looked for more than once. */
export async function findLostRun(client: GithubClient, handle: GithubHandle, patience: Patience): Promise<Run | undefined> {
  for (let look = 1; look <= LOOKS; look++) {
    await client.clock.sleep(PAUSE_MS, patience.signal);
    const run = await findRun(client, handle, patience).catch(() => undefined);
    if (run) return run;
  }
  return undefined;
}
