import { BadInputError } from '../../platform/errors.ts';
import { UncertainTriggerError } from '../errors.ts';
import { maskOf, secretValues } from '../mask.ts';
import { mayHaveArrived } from '../may-have-arrived.ts';
import type { Patience } from '../patience.ts';
import type { GithubClient } from './client.ts';
import { repositoryPath } from './repository.ts';

export interface RepositoryDispatch {
  readonly repository: string;
  /** What workflows listen for under `repository_dispatch: types`. */
  readonly event: string;
  readonly payload?: Readonly<Record<string, unknown>>;
}

const LONGEST_EVENT = 100;
const MOST_PROPERTIES = 10;
const LONGEST_PAYLOAD = 64 * 1024;

/**
 * Sends an event to a repository; any number of workflows may start, and GitHub names none of their runs.
 * @throws BadInputError for what is over GitHub's limits; UncertainTriggerError when the answer got lost
 */
export async function dispatchEvent(client: GithubClient, dispatch: RepositoryDispatch, patience: Patience = {}): Promise<void> {
  const { repository, event, payload = {} } = dispatch;
  checkLimits(event, payload);
  const what = `send the event ${event} to ${repository}`;
  const body = { event_type: event, client_payload: payload };
  try {
    await client.post(
      { path: `${repositoryPath(repository)}/dispatches`, body, repeat: 'when-not-sent', what, mask: payloadMask(payload) },
      patience,
    );
  } catch (error) {
    if (!mayHaveArrived(error)) throw error;
    throw new UncertainTriggerError(`it is not known whether GitHub did ${what}: ${error.message}`, {
      service: 'github',
      ...(error.status !== undefined && { status: error.status }),
      hint: 'it was not sent a second time: look at the runs of the repository first',
    });
  }
}

function payloadMask(payload: Readonly<Record<string, unknown>>): (text: string) => string {
  const texts = Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return maskOf(secretValues(Object.fromEntries(texts)));
}

function checkLimits(event: string, payload: Readonly<Record<string, unknown>>): void {
  const problem = limitProblem(event, payload);
  if (problem !== undefined) throw new BadInputError(`the event cannot be sent: ${problem.why}`, { hint: problem.hint });
}

interface LimitProblem {
  readonly why: string;
  readonly hint: string;
}

function limitProblem(event: string, payload: Readonly<Record<string, unknown>>): LimitProblem | undefined {
  if (event.length === 0 || event.length > LONGEST_EVENT)
    return {
      why: `its type has ${event.length} characters, and GitHub takes 1 to ${LONGEST_EVENT}`,
      hint: 'give the type that workflows listen for under repository_dispatch, and put what it is about into the payload',
    };
  const count = Object.keys(payload).length;
  if (count > MOST_PROPERTIES)
    return { why: `its payload has ${count} properties, and GitHub takes ${MOST_PROPERTIES}`, hint: 'put more into fewer properties' };
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes < LONGEST_PAYLOAD) return undefined;
  return {
    why: `its payload has ${bytes} bytes, and GitHub takes less than ${LONGEST_PAYLOAD}`,
    hint: 'put what is large into a file that the workflow can read, and its address into the payload',
  };
}
