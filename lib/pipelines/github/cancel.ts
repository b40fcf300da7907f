import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { findRun } from './find-run.ts';
import type { GithubHandle } from './handle.ts';
import { repositoryPath } from './repository.ts';

/** Asks a run to stop; false when there is none to be found. One that is over already (409) counts as stopped. */
export async function cancelGithub(client: GithubClient, handle: GithubHandle, patience: Patience = {}): Promise<boolean> {
  const { repository, target } = handle;
  const run = target.by === 'run' ? target.run : (await findRun(client, handle, patience))?.id;
  if (run === undefined) return false;
  const path = `${repositoryPath(repository)}/actions/runs/${run}/cancel`;
  await client.post({ path, body: {}, expected: [409], repeat: 'always', what: `cancel run ${run} of ${repository}` }, patience);
  return true;
}
