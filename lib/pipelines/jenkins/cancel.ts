import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';

/** Takes a waiting item out of the queue, or asks a running build to stop. Doing it twice does no harm. */
export async function cancelJenkins(client: JenkinsClient, handle: JenkinsHandle, patience: Patience = {}): Promise<void> {
  const { build, queueId, job } = handle;
  // Both answer with a redirect to where a browser came from.
  const common = { expected: [302, 303, 404], repeat: 'always' } as const;
  const stop =
    build === undefined
      ? { path: '/queue/cancelItem', body: new URLSearchParams({ id: String(queueId) }), what: `cancel item ${queueId} of its queue` }
      : { path: `${jobPath(job)}/${build}/stop`, body: new URLSearchParams(), what: `stop build ${build} of ${job}` };
  await client.post({ ...stop, ...common }, patience);
}
