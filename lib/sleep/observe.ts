import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../kubernetes/client.ts';
import { ForbiddenError, KubernetesError, NotFoundError, UnauthorizedError } from '../kubernetes/errors.ts';
import { BadInputError } from '../platform/errors.ts';
import { mapLimit } from '../platform/map-limit.ts';
import { explain } from './explain.ts';
import { adapterOf, type KindName } from './kinds/kinds.ts';
import { observeScaleTargets, type SeenScaleTargets } from './observe-scale-targets.ts';
import { podForcesUptime } from './pod-force.ts';
import type { SleepPolicy } from './policy.ts';
import { readNamespace, readWorkload } from './read-workload.ts';
import { scaleTargets } from './scale-targets.ts';
import type { NamespaceFacts, Observation, Unseen, Workload } from './workload.ts';

const namespaceResource: Resource = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
const podResource: Resource = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };

/** Lists in flight at once: enough to hide latency, few enough that their pages fit in memory together. */
const listsInFlight = 4;

/**
 * Looks at everything that the policy can touch; with `policy.namespaces` only there, so that a person without cluster-wide permissions can
 * work on their own namespaces. A kind that cannot be listed is a problem of that kind alone, unless none can.
 * @throws KubernetesError when the cluster cannot be reached, or its namespaces, and so its policies, cannot be read
 */
export async function observe(client: KubernetesClient, policy: SleepPolicy, signal: AbortSignal): Promise<Observation> {
  const { namespaces, unseen } = await observeNamespaces(client, policy, signal);
  const places = policy.namespaces ? namespaces.map(({ name }) => name) : [undefined];
  const lists = places.flatMap((namespace) => policy.kinds.map((kind) => ({ kind, namespace })));
  const found = await mapLimit(lists, listsInFlight, (list) => listWorkloads(client, list, signal));
  const [failure] = found;
  if (failure?.error && found.every(({ error }) => error)) throw failure.error;
  const scaled = await scaleTargetsOf(client, policy, { places, signal });
  const forcing = policy.podForceUptime ? await forcingPod(client, signal) : {};
  const known = new Set(namespaces.map(({ name }) => name));
  return {
    namespaces,
    // A namespace that was made after the namespaces were read may say things that nobody has read: its workloads wait for the next run.
    workloads: found.flatMap((list) => list.workloads ?? []).filter((workload) => known.has(workload.namespace)),
    podForcingUptime: forcing.pod,
    scaleTargets: scaled.targets,
    unseen: [...unseen, ...found.flatMap((list) => list.unseen ?? []), ...scaled.unseen, ...(forcing.unseen ? [forcing.unseen] : [])],
  };
}

async function observeNamespaces(
  client: KubernetesClient,
  policy: SleepPolicy,
  signal: AbortSignal,
): Promise<{ readonly namespaces: readonly NamespaceFacts[]; readonly unseen: readonly Unseen[] }> {
  if (!policy.namespaces) {
    return { namespaces: await client.list(namespaceResource, { select: readNamespace, signal }), unseen: [] };
  }
  const found = await mapLimit(policy.namespaces, listsInFlight, async (name) => {
    try {
      return readNamespace(await client.get(namespaceResource, { name }, { signal }));
    } catch (error) {
      // A name that no namespace has or can have, or one whose policy may not be read, so that nothing in it may be touched; the others are looked at.
      if (error instanceof NotFoundError) return new NotFoundError(`namespace ${name} does not exist`, { cluster: client.cluster });
      if (error instanceof BadInputError || error instanceof ForbiddenError) return error;
      throw error;
    }
  });
  const [refusal] = found;
  // Whoever may read none of them was not let in at all.
  if (refusal instanceof ForbiddenError && found.every((each) => each instanceof ForbiddenError)) throw refusal;
  return {
    namespaces: found.flatMap((each) => (each instanceof Error ? [] : [each])),
    unseen: found.filter((each) => each instanceof Error).map((error) => ({ message: explain(error), kind: 'failure' as const })),
  };
}

interface KindInPlace {
  readonly kind: KindName;
  readonly namespace: string | undefined;
}

interface ListOfKind {
  readonly workloads?: readonly Workload[];
  readonly unseen?: Unseen;
  /** Why it failed, other than for want of permission. */
  readonly error?: KubernetesError;
}

async function listWorkloads(client: KubernetesClient, { kind, namespace }: KindInPlace, signal: AbortSignal): Promise<ListOfKind> {
  const select = (object: KubernetesObject): Workload => readWorkload(kind, object);
  try {
    return { workloads: await client.list(adapterOf(kind).resource, { ...(namespace && { namespace }), select, signal }) };
  } catch (error) {
    if (!(error instanceof KubernetesError) || error instanceof UnauthorizedError) throw error;
    const closed = error instanceof ForbiddenError || error instanceof NotFoundError;
    const where = namespace === undefined ? kind : `${kind} in ${namespace}`;
    return { unseen: { message: `${where}: ${explain(error)}`, kind: closed ? 'problem' : 'failure' }, ...(!closed && { error }) };
  }
}

/** Only what has replicas can be scaled. Asked after the workloads were, so that no target is younger than the answer. */
async function scaleTargetsOf(
  client: KubernetesClient,
  { kinds }: SleepPolicy,
  { places, signal }: { readonly places: readonly (string | undefined)[]; readonly signal: AbortSignal },
): Promise<SeenScaleTargets> {
  if (!kinds.some((kind) => adapterOf(kind).scalable)) return { targets: scaleTargets([]), unseen: [] };
  return observeScaleTargets(client, places, signal);
}

/** Pods that could not be listed might ask for uptime: unsure, so everything stays up. */
async function forcingPod(client: KubernetesClient, signal: AbortSignal): Promise<{ readonly pod?: string; readonly unseen?: Unseen }> {
  try {
    const [pod] = await client.list<V1Pod, string>(podResource, { select: podForcesUptime, signal });
    return pod === undefined ? {} : { pod };
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
    return { pod: 'unknown (Pods may not be listed)', unseen: { message: `Pod: ${explain(error)}; everything stays up`, kind: 'problem' } };
  }
}
