import type { KubernetesClient, Resource } from '../kubernetes/client.ts';
import { ForbiddenError, KubernetesError, NotFoundError, UnauthorizedError } from '../kubernetes/errors.ts';
import { mapLimit } from '../platform/map-limit.ts';
import { explain } from './explain.ts';
import { type ScaleTarget, type ScaleTargets, scaleTargetOf, scaleTargets } from './scale-targets.ts';
import type { Unseen } from './workload.ts';

const scaledObjectResource: Resource = {
  group: 'keda.sh',
  version: 'v1alpha1',
  plural: 'scaledobjects',
  kind: 'ScaledObject',
  namespaced: true,
};

/** One list per namespace, a few at a time. */
const listsInFlight = 4;

export interface SeenScaleTargets {
  readonly targets: ScaleTargets;
  readonly unseen: readonly Unseen[];
}

/**
 * What KEDA scales, in the whole cluster (undefined) or in these namespaces. A cluster without KEDA answers 404, and to whom the rule is
 * missing 403, KEDA or not: that is worth a warning, and no reason to put nothing to sleep. After any other failure the targets are unknown.
 * @throws UnauthorizedError
 */
export async function observeScaleTargets(
  client: KubernetesClient,
  places: readonly (string | undefined)[],
  signal: AbortSignal,
): Promise<SeenScaleTargets> {
  const seen = await mapLimit(places, listsInFlight, (namespace) => listTargets(client, namespace, signal));
  const unseen = seen.flatMap((list) => list.unseen ?? []);
  const unknown = unseen.some(({ kind }) => kind === 'failure');
  return { targets: unknown ? 'unknown' : scaleTargets(seen.flatMap(({ found }) => found ?? [])), unseen };
}

interface ListedTargets {
  readonly found?: readonly ScaleTarget[];
  readonly unseen?: Unseen;
}

async function listTargets(client: KubernetesClient, namespace: string | undefined, signal: AbortSignal): Promise<ListedTargets> {
  try {
    return { found: await client.list(scaledObjectResource, { ...(namespace && { namespace }), select: scaleTargetOf, signal }) };
  } catch (error) {
    if (error instanceof NotFoundError) return {};
    if (!(error instanceof KubernetesError) || error instanceof UnauthorizedError) throw error;
    return { unseen: unseenBecauseOf(error) };
  }
}

function unseenBecauseOf(error: KubernetesError): Unseen {
  if (error instanceof ForbiddenError)
    return { message: `ScaledObject: ${explain(error)}; if KEDA runs here, what it scales is put to sleep like the rest`, kind: 'warning' };
  return { message: `ScaledObject: ${explain(error)}; until they are seen, nothing with replicas is put to sleep`, kind: 'failure' };
}
