/**
 * The ceiling: what a program could do that does nothing but the requests. `node ceiling.mjs sleep|wake KUBECONFIG CONCURRENCY`: pages of 500,
 * a minimal guarded merge patch for each Deployment that is not there yet, over bare node:https. No policy, no ledger, no limits, no retries, no report.
 */
import { mapLimit } from '../../lib/platform/map-limit.ts';
import { type Listed, listDeployments, RECORD } from './deployments.ts';
import { rawClient } from './raw-client.ts';

const [action, kubeconfig = '', concurrency = ''] = process.argv.slice(2);

/** Undefined when there is nothing to do. */
function patchOf({ resourceVersion, replicas, original }: Listed): unknown {
  if (action === 'sleep') {
    if (replicas === 0) return undefined;
    return { metadata: { resourceVersion, annotations: { [RECORD]: String(replicas) } }, spec: { replicas: 0 } };
  }
  if (original === undefined) return undefined;
  return { metadata: { resourceVersion, annotations: { [RECORD]: null } }, spec: { replicas: Number(original) } };
}

const client = rawClient(kubeconfig, Number(concurrency));
await mapLimit(await listDeployments(client), Number(concurrency), async (listed) => {
  const patch = patchOf(listed);
  // The same owner as Nightshift's, so that the objects stay alike whoever wrote them last.
  const path = `/apis/apps/v1/namespaces/${listed.namespace}/deployments/${listed.name}?fieldManager=nightshift`;
  if (patch !== undefined) await client.merge(path, patch);
});
client.close();
