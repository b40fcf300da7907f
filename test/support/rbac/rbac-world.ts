import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject, V1CronJob, V1Deployment } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { scaleConfigSchema } from '../../../functions/scale-dev-nightly/config.ts';
import type { KubernetesClient, Resource } from '../../../lib/kubernetes/client.ts';
import type { CountingKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { SCALE_GROUP } from '../../../sandbox/cluster-access.ts';
import { clientsOf } from '../../contract/kubernetes/clients.ts';
import { CRON_JOBS, DEPLOYMENTS, NAMESPACES, STATEFUL_SETS } from '../../contract/kubernetes/resources.ts';
import { type Invocation, invoke } from '../../handlers/scale-dev-nightly/function-world.ts';
import type { ApiAccess } from '../api-request.ts';
import { type ControlPlane, startControlPlane } from '../control-plane.ts';
import { kubectlWith } from '../kubectl.ts';
import { aCronJob, aDeployment, aStatefulSet } from '../workloads.ts';

/** All are in the function's group and in no other: the function itself, the contract suite in its place, and one who tries what is not granted. */
const users = { function: [SCALE_GROUP], contract: [SCALE_GROUP], intruder: [SCALE_GROUP] };
export type RbacUser = keyof typeof users;

const NAMESPACE = 'shop';
const workloads: readonly (readonly [Resource, KubernetesObject])[] = [
  [DEPLOYMENTS, aDeployment({ namespace: NAMESPACE })],
  [STATEFUL_SETS, aStatefulSet({ namespace: NAMESPACE })],
  [CRON_JOBS, { ...aCronJob({ namespace: NAMESPACE }), spec: { ...aCronJob().spec, schedule: '0 0 29 2 *' } } as V1CronJob],
];

/** A real control plane with a few workloads, and the function pointed at it as a member of its group. */
export class RbacWorld {
  readonly plane: ControlPlane;
  readonly admin: KubernetesClient;
  readonly #folder = mkdtempSync(join(tmpdir(), 'rbac-'));
  readonly #clients = new Map<RbacUser, CountingKubernetesClient>();
  readonly #close: (() => void)[] = [];

  private constructor(plane: ControlPlane) {
    this.plane = plane;
    this.admin = this.#connect(plane.adminToken);
  }

  static async start(): Promise<RbacWorld> {
    const world = new RbacWorld(await startControlPlane({ controllers: true, nodes: true, people: users }));
    await world.admin.create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
    for (const [resource, object] of workloads) await world.admin.create(resource, object);
    return world;
  }

  access(user: RbacUser): ApiAccess {
    return { url: this.plane.url, caPem: this.plane.caPem, token: this.plane.tokenOf(user) };
  }

  client(user: RbacUser): CountingKubernetesClient {
    const known = this.#clients.get(user) ?? this.#connect(this.plane.tokenOf(user));
    this.#clients.set(user, known);
    return known;
  }

  /** `kubectl apply -f` as the administrator. */
  async apply(path: string): Promise<void> {
    const kubectl = kubectlWith(this.plane.kubectl, this.plane.kubeconfigPath, this.#folder);
    const { code, stderr } = await kubectl(['apply', '-f', path]);
    expect(code, stderr).toBe(0);
  }

  /** One run of the function, its policy as told. */
  async run(event: object, policy: object = {}): Promise<Invocation> {
    const path = join(this.#folder, 'function-kubeconfig');
    writeFileSync(path, this.plane.kubeconfig(this.plane.tokenOf('function')), { mode: 0o600 });
    const config = scaleConfigSchema.parse({
      clusters: [{ via: 'kubeconfig', name: 'dev', path }],
      policy: { gracePeriodSeconds: 0, events: 'changes', ...policy },
      state: { via: 'directory', path: join(this.#folder, 'state') },
    });
    return invoke(event, { config });
  }

  /** What somebody who knows nothing of Nightshift does: sizes as told, and no annotation left. */
  async setByHand(size: 0 | 3): Promise<void> {
    for (const [resource, { metadata }] of workloads) {
      const spec = resource === CRON_JOBS ? { suspend: size === 0 } : { replicas: size };
      await this.admin.patch(
        resource,
        { namespace: NAMESPACE, name: metadata?.name ?? '' },
        { metadata: { annotations: null }, spec },
        { type: 'merge' },
      );
    }
  }

  /** In the order Deployment, StatefulSet, CronJob, the last 1 or, suspended, 0. */
  async sizes(): Promise<readonly (number | undefined)[]> {
    const found = workloads.map(([resource, { metadata }]) =>
      this.admin.get<V1Deployment & V1CronJob>(resource, { namespace: NAMESPACE, name: metadata?.name ?? '' }),
    );
    return (await Promise.all(found)).map(({ spec }) => spec?.replicas ?? (spec?.suspend ? 0 : 1));
  }

  async stop(): Promise<void> {
    for (const close of this.#close) close();
    rmSync(this.#folder, { recursive: true, force: true });
    await this.plane.stop();
  }

  #connect(token: string): CountingKubernetesClient {
    const { client, close } = clientsOf(this.plane, { admin: token, limited: token, stranger: token });
    this.#close.push(close);
    return client();
  }
}
