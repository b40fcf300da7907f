import type { CiAnswer } from '../ci/http.ts';
import { json, refusal } from './answers.ts';
import type { Repository } from './repository.ts';
import type { SandboxRun } from './workflows.ts';

/** GET `/actions/workflows/{file}/runs`, with `event`, `branch`, `created=>=INSTANT` and `per_page`. */
export function listRuns(repository: Repository, file: string, query: URLSearchParams): CiAnswer {
  if (!repository.workflows.has(file)) return refusal(404, 'Not Found');
  const since = /^>=(.+)$/.exec(query.get('created') ?? '')?.[1];
  const wanted = (name: string, value: string): boolean => (query.get(name) ?? value) === value;
  const runs = repository.actions
    .listed()
    .filter((run) => run.workflow === file && wanted('event', run.event) && wanted('branch', run.branch))
    .filter((run) => since === undefined || run.createdAt >= Date.parse(since));
  const shown = runs.slice(0, Number(query.get('per_page') ?? 30));
  return json(200, { total_count: runs.length, workflow_runs: shown.map((run) => runDocument(repository, run)) });
}

/** `/actions/runs/{id}`, its `/jobs`, and POST `/cancel`. */
export function runRoute(repository: Repository, id: number, rest: string, method: string): CiAnswer {
  const run = repository.actions.runs.find((each) => each.id === id);
  if (!run) return refusal(404, 'Not Found');
  if (rest === '/cancel' && method === 'POST') {
    return repository.actions.cancel(run) ? json(202, {}) : refusal(409, 'Cannot cancel a workflow run that is completed.');
  }
  if (rest === '/jobs') {
    const jobs = [{ id: id * 10, run_id: id, name: 'run', steps: run.steps.map((name, index) => ({ name, number: index + 1 })) }];
    return json(200, { total_count: 1, jobs });
  }
  return rest === '' ? json(200, runDocument(repository, run)) : refusal(404, 'Not Found');
}

function runDocument(repository: Repository, run: SandboxRun): Readonly<Record<string, unknown>> {
  return {
    id: run.id,
    name: run.workflow,
    display_title: run.title,
    event: run.event,
    head_branch: run.branch,
    created_at: new Date(run.createdAt).toISOString().replace('.000Z', 'Z'),
    ...repository.actions.stateOf(run),
    url: `${repository.api}/actions/runs/${run.id}`,
    html_url: `${repository.html}/actions/runs/${run.id}`,
  };
}
