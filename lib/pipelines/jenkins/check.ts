import * as z from 'zod';
import { BadInputError } from '../../platform/errors.ts';
import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import { findByQueueId } from './find-by-queue-id.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';
import { type JenkinsState, outcomeOf } from './state.ts';

const itemSchema = z.object({
  why: z.string().nullish(),
  stuck: z.boolean().optional(),
  cancelled: z.boolean().optional(),
  executable: z.object({ number: z.int() }).nullish(),
});
const buildSchema = z.object({
  building: z.boolean(),
  result: z.string().nullish(),
  duration: z.number().optional(),
  url: z.string().optional(),
});

/**
 * Looks once where a triggered build is. All it needs is in the handle, so a later run of a function, or another machine, may ask.
 * @throws BadInputError for a handle of another server; else what `answerError` says
 */
export async function checkJenkins(client: JenkinsClient, handle: JenkinsHandle, patience: Patience = {}): Promise<JenkinsState> {
  if (handle.server !== client.server) {
    throw new BadInputError(`this handle is of ${handle.server}, and ${client.server} was to be asked`, {
      hint: 'give the URL of the handle',
    });
  }
  if (handle.build !== undefined) return stateOfBuild(client, handle, handle.build, patience);
  const item = await client.getJson(
    `/queue/item/${handle.queueId}/api/json`,
    itemSchema,
    `show item ${handle.queueId} of its queue`,
    patience,
  );
  if (item?.cancelled)
    return { phase: 'done', handle, outcome: 'cancelled_in_queue', reason: 'it was cancelled while it waited in the queue' };
  if (item?.executable) return stateOfBuild(client, handle, item.executable.number, patience);
  if (item) return { phase: 'queued', handle, why: item.why ?? undefined, stuck: item.stuck ?? false };
  const build = await findByQueueId(client, handle, patience);
  return build === undefined ? lost(handle) : stateOfBuild(client, handle, build, patience);
}

async function stateOfBuild(client: JenkinsClient, known: JenkinsHandle, build: number, patience: Patience): Promise<JenkinsState> {
  const handle: JenkinsHandle = { ...known, build };
  const path = `${jobPath(known.job)}/${build}/api/json?tree=building,result,duration,url`;
  const seen = await client.getJson(path, buildSchema, `show build ${build} of ${known.job}`, patience);
  if (!seen) return { phase: 'done', handle, outcome: 'lost', build, reason: `build ${build} is gone: it, or its job, was deleted` };
  const url = seen.url ?? `${client.server}${jobPath(known.job)}/${build}/`;
  // A pipeline sets its result before it is over: its last stages still run then.
  if (seen.building || !seen.result) return { phase: 'running', handle, build, url };
  const { result, duration } = seen;
  return { phase: 'done', handle, outcome: outcomeOf(result), result, build, url, ...(duration !== undefined && { durationMs: duration }) };
}

function lost(handle: JenkinsHandle): JenkinsState {
  const reason =
    `Jenkins no longer knows queue item ${handle.queueId}, and no build of ${handle.job} came from it: ` +
    'it was cancelled more than five minutes ago, or its build was deleted';
  return { phase: 'done', handle, outcome: 'lost', reason };
}
