import * as z from 'zod';
import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import { jobPath } from './job-path.ts';
import type { JobParameters } from './parameters.ts';

const schema = z.object({
  property: z.array(z.object({ parameterDefinitions: z.array(z.object({ name: z.string() })).optional() }).nullable()).optional(),
});

/**
 * Those of the parameters that the job does not declare: Jenkins drops such without a word and builds with the defaults. Empty when there are
 * none, and when the job's configuration cannot be read, which the trigger itself need not.
 */
export async function undeclaredParameters(
  client: JenkinsClient,
  job: string,
  { parameters = {}, files = [] }: JobParameters,
  patience: Patience = {},
): Promise<readonly string[]> {
  const names = [...Object.keys(parameters), ...files.map(({ name }) => name)];
  if (names.length === 0) return [];
  const path = `${jobPath(job)}/api/json?tree=property[parameterDefinitions[name]]`;
  const answer = await client.getJson(path, schema, `show ${job}`, patience).catch(() => undefined);
  patience.signal?.throwIfAborted();
  const declared = answer?.property?.flatMap((property) => property?.parameterDefinitions ?? []).map(({ name }) => name) ?? [];
  // A job without any declaration refuses parameters itself.
  return declared.length === 0 ? [] : names.filter((name) => !declared.includes(name));
}
