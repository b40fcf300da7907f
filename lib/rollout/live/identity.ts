import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient } from '../../kubernetes/client.ts';
import { KubernetesError } from '../../kubernetes/errors.ts';
import { type Fields, fieldsAt, textAt } from '../../kubernetes/fields.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Deadline } from '../../platform/deadline.ts';
import { type Endpoint, endpointsOf } from '../identity/endpoints.ts';
import type { ExpectedImage } from '../identity/expected-image.ts';
import { judgeEndpoints } from '../identity/judge-endpoints.ts';
import { judgePods, type RunningImage } from '../identity/judge-pods.ts';
import type { Reason } from '../verdict/outcome.ts';
import { currentPods } from '../verdict/pods/current-pods.ts';
import { hasEnded, isLeaving, nameOf } from '../verdict/pods/pod-findings.ts';
import { selects } from './label-selector.ts';
import { observeRollout } from './observe.ts';
import { ENDPOINT_SLICES, type RolloutTarget, SERVICES } from './target.ts';

const WAIT_MS = 1_000;
/** Kubernetes' own default for how long a pod may take to leave, and as much again. */
const DRAIN_MS = 60_000;

export interface IdentityOptions {
  readonly client: KubernetesClient;
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** Every one has to run in every pod of the new revision; none: only who answers is looked at. */
  readonly expected: readonly ExpectedImage[];
  /** How long old pods may go on answering, in milliseconds. @default 60000 */
  readonly drainMs?: number;
  readonly signal?: AbortSignal;
}

export interface Identity {
  readonly proven: boolean;
  /** Why not. */
  readonly reasons: readonly Reason[];
  readonly warnings: readonly string[];
  readonly images: readonly RunningImage[];
  /** The Services that select the new pods. */
  readonly services: readonly string[];
  /** Their addresses that lead to the new pods. */
  readonly endpoints: number;
}

/**
 * Proves that a rollout which is done is the one that answers: its pods run an expected digest, and behind each Service that selects them there are no
 * others. Old pods are given the time to drain; another image is final.
 * @throws KubernetesError when pods, Services or EndpointSlices cannot be read
 */
export async function proveIdentity(target: RolloutTarget, options: IdentityOptions): Promise<Identity> {
  const { clock, deadline, drainMs = DRAIN_MS } = options;
  const ends = clock.now() + drainMs;
  for (;;) {
    const { identity, final } = await look(target, options);
    const left = Math.min(ends - clock.now(), deadline.remainingMs());
    if (identity.proven || final || left <= WAIT_MS) return identity;
    await clock.sleep(WAIT_MS, options.signal);
  }
}

interface Looked {
  readonly identity: Identity;
  /** Waiting changes nothing. */
  readonly final: boolean;
}

async function look(target: RolloutTarget, { client, deadline, expected, ...options }: IdentityOptions): Promise<Looked> {
  const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
  const { observed, unseen } = await observeRollout(client, target, { signal, needsEvents: () => false });
  if (observed.pods === undefined) {
    if (isSelected(observed.object) && unseen.length === 0) return { identity: changing(target), final: false };
    throw new UnseenPodsError(client.cluster, unseen);
  }
  const pods = currentPods(target.kind, observed).filter((pod) => !isLeaving(pod) && !hasEnded(pod));
  const { images, problems } = judgePods(pods, expected);
  const { services, endpoints } = await answering(client, target.namespace, { pods, signal });
  const { pending, proven } = judgeEndpoints(services, endpoints, new Set(pods.map(nameOf)));
  const reasons = [...problems, ...pending];
  return {
    identity: { proven: reasons.length === 0, reasons, warnings: unseen, images, services, endpoints: proven },
    final: problems.some(({ reason }) => reason !== 'NoImageId'),
  };
}

/** Whether anything says which pods are its own. */
function isSelected(object: unknown): boolean {
  return Object.keys(fieldsAt(object, 'spec', 'selector')).length > 0;
}

/** An autoscaler that sets another size is enough: until the controller has seen it, what there is belongs to the workload of before. */
function changing({ kind, name }: RolloutTarget): Identity {
  const message = 'it was changed or deleted after its rollout was done, and its controller has not seen that yet';
  return {
    proven: false,
    reasons: [{ resource: `${kind}/${name}`, reason: 'NotObserved', message }],
    warnings: [],
    images: [],
    services: [],
    endpoints: 0,
  };
}

interface Answering {
  readonly services: readonly string[];
  readonly endpoints: readonly Endpoint[];
}

/** The Services whose selector takes one of the pods, and all that they lead to. */
async function answering(
  client: KubernetesClient,
  namespace: string,
  { pods, signal }: { readonly pods: readonly Fields[]; readonly signal: AbortSignal },
): Promise<Answering> {
  const services = await client.list<KubernetesObject, string>(SERVICES, {
    namespace,
    signal,
    select: (service) => {
      const selector = fieldsAt(service, 'spec', 'selector');
      return pods.some((pod) => selects(selector, fieldsAt(pod, 'metadata', 'labels'))) ? textAt(service, 'metadata', 'name') : undefined;
    },
  });
  if (services.length === 0) return { services, endpoints: [] };
  const labelSelector = `kubernetes.io/service-name in (${services.join(',')})`;
  const found = await client.list<KubernetesObject, readonly Endpoint[]>(ENDPOINT_SLICES, {
    namespace,
    labelSelector,
    signal,
    select: (slice) => endpointsOf([slice]),
  });
  return { services, endpoints: found.flat() };
}

/** Pods may not be listed, and nothing else proves what runs. */
export class UnseenPodsError extends KubernetesError {
  readonly code = 'rollout_pods_unseen';

  constructor(cluster: string, unseen: readonly string[]) {
    super(`what runs cannot be proven: ${unseen.join('; ') || 'its pods are not selected by anything'}`, {
      cluster,
      hint: 'let the role list pods, as infra/manifests/post-deploy-smoke.yaml does',
    });
  }
}
