import type { CiAnswer } from '../ci/http.ts';
import { json, refusal } from './answers.ts';
import type { Repository } from './repository.ts';

type Fields = Readonly<Record<string, unknown>>;

const COMMIT_STATES = ['error', 'failure', 'pending', 'success'];
const DEPLOYMENT_STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success'];

/** POST `/statuses/{sha}`. */
export function commitStatus(repository: Repository, sha: string, body: Fields): CiAnswer {
  if (!/^[0-9a-f]{40}$/.test(sha)) return refusal(422, `No commit found for SHA: ${sha}`);
  const problem = statusProblem(body, COMMIT_STATES);
  if (problem) return problem;
  repository.statuses.push({ ...body, sha });
  return json(201, { id: repository.statuses.length, ...body });
}

/** POST `/deployments`. */
export function deployment(repository: Repository, body: Fields): CiAnswer {
  const { ref, environment } = body;
  if (typeof ref !== 'string' || typeof environment !== 'string') return refusal(422, 'Validation Failed');
  if (!repository.refs.includes(ref) && !/^[0-9a-f]{40}$/.test(ref)) return refusal(422, `No ref found for: ${ref}`);
  // Unless told otherwise GitHub merges the default branch first, and deploys nothing.
  if (body.auto_merge !== false) return json(202, { message: 'Auto-merged main into the branch on deployment.' });
  if (!Array.isArray(body.required_contexts) || body.required_contexts.length > 0) {
    return refusal(409, 'Conflict: Commit status checks failed for the ref.');
  }
  const id = 42 + repository.deployments.length;
  repository.deployments.push({ id, body, statuses: [] });
  return json(201, { id, ref, environment });
}

/** POST `/deployments/{id}/statuses`. */
export function deploymentStatus(repository: Repository, id: number, body: Fields): CiAnswer {
  const found = repository.deployments.find((each) => each.id === id);
  if (!found) return refusal(404, 'Not Found');
  const problem = statusProblem(body, DEPLOYMENT_STATES);
  if (problem) return problem;
  found.statuses.push(body);
  return json(201, { id: found.statuses.length, ...body });
}

function statusProblem({ state, description }: Fields, states: readonly string[]): CiAnswer | undefined {
  if (typeof state !== 'string' || !states.includes(state)) return refusal(422, 'Validation Failed');
  const long = typeof description === 'string' && description.length > 140;
  return long ? refusal(422, 'description is too long (maximum is 140 characters)') : undefined;
}
