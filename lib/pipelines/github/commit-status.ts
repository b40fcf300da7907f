import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { cutDescription } from './description.ts';
import { repositoryPath } from './repository.ts';

export interface CommitStatus {
  readonly repository: string;
  /** In full, 40 hexadecimal digits. */
  readonly commit: string;
  readonly state: 'error' | 'failure' | 'pending' | 'success';
  /** Which status it is, among several of one commit: `nightshift/smoke`. */
  readonly context: string;
  readonly description?: string;
  readonly url?: string;
}

/** Sets a status on a commit. Setting it again changes nothing, so it is repeated when GitHub has trouble. */
export async function setCommitStatus(client: GithubClient, status: CommitStatus, patience: Patience = {}): Promise<void> {
  const { repository, commit, state, context, description, url } = status;
  const body = { state, context, ...cutDescription(description), ...(url !== undefined && { target_url: url }) };
  const path = `${repositoryPath(repository)}/statuses/${encodeURIComponent(commit)}`;
  await client.post({ path, body, repeat: 'always', what: `set the status ${context} of ${commit.slice(0, 12)}` }, patience);
}
