import { randomBytes } from 'node:crypto';
import type { KubernetesObject } from '@kubernetes/client-node';
import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import { type ApiObject, copyOf } from './api-object.ts';
import { makeCertificates } from './certificates.ts';
import { startControllers } from './controllers/manager.ts';
import { FaultList, type Faults } from './faults.ts';
import type { Authenticate, Identity } from './http/identity.ts';
import { listen } from './http/listener.ts';
import { kubeconfigYaml } from './kubeconfig.ts';
import { RequestLog, type Requests } from './requests.ts';
import { type ByHand, byHand, seed } from './seed.ts';
import { Store } from './store.ts';
import { suffixes, type World } from './verbs/world.ts';

export interface KubernetesSandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** What the cluster holds at its start, beside the namespaces every cluster has. Namespaces of these objects are made when they are missing. */
  readonly objects?: readonly KubernetesObject[];
  readonly clock?: Clock;
  /** Bearer tokens and who they stand for; one random administrator unless told. */
  readonly tokens?: Readonly<Record<string, Identity>>;
  /** Asked about tokens that `tokens` does not know. */
  readonly authenticate?: Authenticate;
  /** Whether replicas become pods and status, deletions cascade and so on; true unless told. */
  readonly controllers?: boolean;
  /** How long a controller takes to notice a change; 0 unless told. */
  readonly controllerDelayMs?: number;
  /** How many writes are kept for watches and continued lists before they answer 410; 10,000 unless told. */
  readonly compactAfter?: number;
  /** Names the cluster in kubeconfigs; `sandbox` unless told. */
  readonly name?: string;
}

/** A running API server. */
export interface KubernetesSandbox {
  readonly url: string;
  readonly caPem: string;
  /** A token of group system:masters, there beside the given `tokens` too. */
  readonly adminToken: string;
  /** YAML; for the administrator unless another token is given. */
  kubeconfig(token?: string): string;
  readonly faults: Faults;
  readonly requests: Requests;
  /** All objects, copied. */
  snapshot(): KubernetesObject[];
  /** Changes made as a person would make them, past the network. */
  readonly byHand: ByHand;
  /** Forgets all history: open continue tokens and watches answer 410. */
  compact(): void;
  /** Resolves when the controllers have nothing left to do. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an embedded Kubernetes API server over real TLS: the part of Kubernetes 1.36 that Nightshift and kubectl use, strict enough that one
 * contract suite passes on it and on a real control plane. Fields it has no schema for are kept as they come; nothing starts Jobs by the clock. See docs/sandbox.md.
 */
export async function startKubernetesSandbox(options: KubernetesSandboxOptions = {}): Promise<KubernetesSandbox> {
  const { port = 0, host = '127.0.0.1', clock = systemClock, name = 'sandbox' } = options;
  const adminToken =
    Object.entries(options.tokens ?? {}).find(([, identity]) => identity.groups.includes('system:masters'))?.[0] ??
    randomBytes(16).toString('hex');
  const tokens = new Map<string, Identity>([
    [adminToken, { user: 'sandbox-admin', groups: ['system:masters'] }],
    ...Object.entries(options.tokens ?? {}),
  ]);
  const store = new Store(options.compactAfter ?? 10_000);
  const world: World = { store, clock, suffix: suffixes() };
  const controllers = options.controllers === false ? undefined : startControllers(world, options.controllerDelayMs ?? 0);
  seed(world, toApiObjects(options.objects ?? []));
  const faults = new FaultList();
  const requests = new RequestLog();
  const certificates = await makeCertificates([...new Set([host, '127.0.0.1', 'localhost'])], Date.now());
  const listener = await listen({
    world,
    faults,
    requests,
    tokens,
    certificates,
    host,
    port,
    ...(options.authenticate ? { authenticate: options.authenticate } : {}),
  });
  const url = `https://${host.includes(':') ? `[${host}]` : host}:${listener.port}`;
  return {
    url,
    caPem: certificates.caPem,
    adminToken,
    kubeconfig: (token = adminToken) => kubeconfigYaml({ url, caPem: certificates.caPem, token, name }),
    faults,
    requests,
    snapshot: () => store.all().map((object) => copyOf(object) as unknown as KubernetesObject),
    byHand: byHand(world),
    compact: () => store.compact(),
    settled: async () => controllers?.settled(),
    async close() {
      controllers?.stop();
      await listener.close();
    },
  };
}

/** client-node's models hold Dates; the API holds text. */
function toApiObjects(objects: readonly KubernetesObject[]): ApiObject[] {
  return JSON.parse(JSON.stringify(objects)) as ApiObject[];
}
