import { BadInputError } from '../../platform/errors.ts';
import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { findRun } from './find-run.ts';
import type { GithubHandle } from './handle.ts';
import { repositoryPath } from './repository.ts';
import { type GithubState, runSchema, stateOfRun } from './run.ts';

/**
 * Looks once where a dispatched run is. All it needs is in the handle, so a later run of a function, or another machine, may ask.
 * @throws BadInputError for a handle of another server; else what `answerError` says
 */
export async function checkGithub(client: GithubClient, handle: GithubHandle, patience: Patience = {}): Promise<GithubState> {
  if (handle.server !== client.server) {
    throw new BadInputError(`this handle is of ${handle.server}, and ${client.server} was to be asked`, {
      hint: 'give the base URL of the handle',
    });
  }
  const { repository, target } = handle;
  if (target.by === 'id') {
    const found = await findRun(client, handle, patience);
    return found ? stateOfRun(handle, found) : { phase: 'starting', handle };
  }
  const path = `${repositoryPath(repository)}/actions/runs/${target.run}`;
  return stateOfRun(handle, await client.getJson(path, runSchema, `show run ${target.run} of ${repository}`, patience));
}
