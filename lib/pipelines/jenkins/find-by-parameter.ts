import * as z from 'zod';
import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';
import type { JenkinsTrigger } from './trigger.ts';

const actions = z.array(
  z.object({ parameters: z.array(z.object({ name: z.string().optional(), value: z.unknown().optional() })).optional() }).nullable(),
);
const queueSchema = z.object({ items: z.array(z.object({ id: z.int(), actions: actions.optional() })) });
const buildsSchema = z.object({ builds: z.array(z.object({ number: z.int(), queueId: z.int(), actions: actions.optional() })) });

const LOOKS = 3;
const PAUSE_MS = 2_000;

/**
 * Where a trigger is whose answer got lost, by the unique value that it carries; `undefined` when it carries none or is nowhere.
 * Jenkins may still be busy with the request, so it is looked for more than once.
 */
export async function findByParameter(
  client: JenkinsClient,
  trigger: JenkinsTrigger,
  patience: Patience,
): Promise<JenkinsHandle | undefined> {
  const { job, correlation, parameters = {} } = trigger;
  const value = correlation === undefined ? undefined : parameters[correlation];
  if (correlation === undefined || value === undefined) return undefined;
  const ours = (found: z.infer<typeof actions> | undefined): boolean =>
    (found ?? []).some((action) => action?.parameters?.some((each) => each.name === correlation && each.value === value));
  const handle = { v: 1, service: 'jenkins', server: client.server, job } as const;
  for (let look = 1; look <= LOOKS; look++) {
    await client.clock.sleep(PAUSE_MS, patience.signal);
    const builds = await client.getJson(buildsPath(job), buildsSchema, `list the builds of ${job}`, patience);
    const build = builds?.builds.find((each) => ours(each.actions));
    if (build) return { ...handle, queueId: build.queueId, build: build.number };
    const queue = await client.getJson(queuePath, queueSchema, 'list its queue', patience);
    const item = queue?.items.find((each) => ours(each.actions));
    if (item) return { ...handle, queueId: item.id };
  }
  return undefined;
}

const queuePath = '/queue/api/json?tree=items[id,actions[parameters[name,value]]]';

function buildsPath(job: string): string {
  return `${jobPath(job)}/api/json?tree=builds[number,queueId,actions[parameters[name,value]]]{0,20}`;
}
