import * as z from 'zod';
import { BadAnswerError } from '../errors.ts';
import { readJson } from '../http/read-json.ts';
import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { cutDescription } from './description.ts';
import { repositoryPath } from './repository.ts';

export interface Deployment {
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly ref: string;
  readonly environment: string;
  readonly description?: string;
  /** Statuses that must be green first; none unless told: the pipeline that deploys has decided already. */
  readonly requiredContexts?: readonly string[];
}

export interface DeploymentStatus {
  readonly repository: string;
  readonly deployment: number;
  readonly state: 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success';
  readonly description?: string;
  readonly logUrl?: string;
  readonly environmentUrl?: string;
}

const schema = z.object({ id: z.int() });

/**
 * Records a deployment, and returns its number. Not repeated once GitHub may have it: each is a new entry in the environment's history.
 * The branch is never merged with the default branch on the way, which is what GitHub does unless told.
 */
export async function createDeployment(client: GithubClient, deployment: Deployment, patience: Patience = {}): Promise<number> {
  const { repository, ref, environment, description, requiredContexts = [] } = deployment;
  const body = { ref, environment, auto_merge: false, required_contexts: requiredContexts, ...cutDescription(description) };
  const what = `record a deployment of ${ref} to ${environment}`;
  const answer = await client.post({ path: `${repositoryPath(repository)}/deployments`, body, repeat: 'when-not-sent', what }, patience);
  if (answer.status === 201) return readJson(answer, schema, 'github').id;
  throw new BadAnswerError(`GitHub did not ${what}: status ${answer.status}`, {
    service: 'github',
    status: answer.status,
    retryable: false,
  });
}

/** Says how a deployment stands. Saying it again adds nothing that anybody acts on, so it is repeated when GitHub has trouble. */
export async function setDeploymentStatus(client: GithubClient, status: DeploymentStatus, patience: Patience = {}): Promise<void> {
  const { repository, deployment, state, description, logUrl, environmentUrl } = status;
  const body = {
    state,
    ...cutDescription(description),
    ...(logUrl !== undefined && { log_url: logUrl }),
    ...(environmentUrl !== undefined && { environment_url: environmentUrl }),
  };
  const path = `${repositoryPath(repository)}/deployments/${deployment}/statuses`;
  await client.post({ path, body, repeat: 'always', what: `set the status of deployment ${deployment}` }, patience);
}
