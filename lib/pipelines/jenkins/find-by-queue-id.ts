import * as z from 'zod';
import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';

const builds = z.array(z.object({ number: z.int(), queueId: z.int().optional() }));
const schema = z.object({ builds: builds.optional(), allBuilds: builds.optional() });

const PAGE = 100;
const PAGES = 10;

/**
 * The number of the build that a queue item became. Jenkins forgets items five minutes after they left its queue, but a build keeps the id of
 * its item for ever. Ids only grow, so that a page of builds that are all older ends the search.
 */
export async function findByQueueId(client: JenkinsClient, handle: JenkinsHandle, patience: Patience): Promise<number | undefined> {
  for (let page = 0; page < PAGES; page++) {
    // `builds` stops at a hundred; `allBuilds` makes Jenkins read old records from its disk.
    const list = page === 0 ? 'builds' : 'allBuilds';
    const range = `{${page * PAGE},${(page + 1) * PAGE}}`;
    const path = `${jobPath(handle.job)}/api/json?tree=${list}[number,queueId,url,building,result]${range}`;
    const answer = await client.getJson(path, schema, `list the builds of ${handle.job}`, patience);
    const found = answer?.builds ?? answer?.allBuilds ?? [];
    const build = found.find(({ queueId }) => queueId === handle.queueId);
    if (build) return build.number;
    if (found.length < PAGE || found.every(({ queueId }) => queueId !== undefined && queueId < handle.queueId)) return undefined;
  }
  return undefined;
}
