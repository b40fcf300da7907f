import { randomUUID } from 'node:crypto';
import type { KubernetesObject, V1Container, V1Deployment, V1PodSpec, V1Service } from '@kubernetes/client-node';
import type { KubernetesClient, Resource } from '../../../lib/kubernetes/client.ts';
import { systemClock } from '../../../lib/platform/clock.ts';
import { deadlineIn } from '../../../lib/platform/deadline.ts';
import { verdictJudge } from '../../../lib/rollout/live/judge.ts';
import type { RolloutTarget } from '../../../lib/rollout/live/target.ts';
import { type RolloutResult, type WaitOptions, waitForRollout } from '../../../lib/rollout/live/wait.ts';
import { DEFAULT_VERDICT_POLICY } from '../../../lib/rollout/verdict/policy.ts';
import { DEPLOYMENTS, NAMESPACES, PODS } from '../kubernetes/resources.ts';

/** What the nodes of both worlds make of an image is settled by its name. */
export const IMAGES = {
  first: `example.org/shop/web@sha256:${'1'.repeat(64)}`,
  second: `example.org/shop/web@sha256:${'2'.repeat(64)}`,
  missing: 'example.org/shop/web:missing',
  crash: 'example.org/shop/web:crash',
  crashingInit: 'example.org/shop/migrate:crash',
  plain: 'example.org/shop/web:3',
} as const;

/** As long as it takes to see that a grace is granted; a minute would only make the suite slow. */
export const GRACE_MS = 2_000;
const policy = { ...DEFAULT_VERDICT_POLICY, imagePullMs: GRACE_MS, unschedulableMs: GRACE_MS };

const SERVICES: Resource = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true };
const RESOURCES: Readonly<Record<string, Resource>> = { Deployment: DEPLOYMENTS, Pod: PODS, Service: SERVICES };

/** A namespace of a test's own, in which a Deployment `web` is rolled out. */
export class RolloutShop {
  readonly client: KubernetesClient;
  readonly namespace: string;
  readonly target: RolloutTarget;

  private constructor(client: KubernetesClient, namespace: string) {
    this.client = client;
    this.namespace = namespace;
    this.target = { kind: 'Deployment', namespace, name: 'web' };
  }

  static async open(client: KubernetesClient): Promise<RolloutShop> {
    const namespace = `rollout-${randomUUID().slice(0, 8)}`;
    await client.create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    return new RolloutShop(client, namespace);
  }

  async create(object: KubernetesObject): Promise<void> {
    const resource = RESOURCES[object.kind ?? ''] ?? DEPLOYMENTS;
    await this.client.create(resource, { ...object, metadata: { ...object.metadata, namespace: this.namespace } });
  }

  /** Two pods of `image`. */
  async deploy(image: string, spec: Partial<V1PodSpec> = {}): Promise<void> {
    await this.create(web(image, spec));
  }

  async change(spec: Partial<V1PodSpec> | { readonly containers: readonly Partial<V1Container>[] }): Promise<void> {
    await this.client.patch(
      DEPLOYMENTS,
      { namespace: this.namespace, name: 'web' },
      { spec: { template: { spec } } },
      { type: 'strategic' },
    );
  }

  wait(options: Partial<WaitOptions> = {}): Promise<RolloutResult> {
    const deadline = deadlineIn(20_000, systemClock);
    return waitForRollout(this.target, { client: this.client, clock: systemClock, deadline, judge: verdictJudge(policy), ...options });
  }
}

function web(image: string, spec: Partial<V1PodSpec>): V1Deployment {
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { ...labels, track: 'main' } },
      template: { metadata: { labels: { ...labels, track: 'main' } }, spec: { containers: [{ name: 'web', image }], ...spec } },
    },
  };
}

export function service(): V1Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } };
}
