import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiAccess, apiRequest } from './api-request.ts';
import { assetsFolder, findPrograms } from './control-plane/assets.ts';
import { type AuditedRequest, auditArgs, readAuditLog } from './control-plane/audit-log.ts';
import { compactEtcd } from './control-plane/compact-etcd.ts';
import { type People, writeCredentials } from './control-plane/credentials.ts';
import { freePorts } from './control-plane/free-ports.ts';
import { ProcessFamily } from './control-plane/process-family.ts';
import { apiServerArgs, controllerManagerArgs, etcdArgs, kwokArgs, schedulerArgs } from './control-plane/program-args.ts';
import { untilApiReady, untilControllersReady, untilNodeReady } from './control-plane/until-ready.ts';
import { kubeconfigFor } from './kubeconfig-json.ts';

export interface ControlPlaneOptions {
  /** Folder with the programs; KUBEBUILDER_ASSETS unless told. */
  readonly assets?: string;
  /** Start kube-controller-manager too: Deployments get ReplicaSets and pods, deleted namespaces empty themselves. @default false */
  readonly controllers?: boolean;
  /** Start kube-scheduler, kwok and a node too: the pods that controllers make turn Running and Ready. @default false */
  readonly nodes?: boolean;
  /** Files with further stages for kwok: how pods of a test's images fare. */
  readonly stages?: readonly string[];
  /** Further users, whose requests the API server keeps an audit log of. */
  readonly people?: People;
  /** The API server's `--max-requests-inflight`; its own default (400) unless told. */
  readonly maxRequestsInflight?: number;
  /** The API server's `--max-mutating-requests-inflight`; its own default (200) unless told. */
  readonly maxMutatingRequestsInflight?: number;
  /** Milliseconds until a start counts as failed. @default 60000 */
  readonly startTimeoutMs?: number;
}

/** `limited` and its group are known to the server and bound to no role. */
const OWN_PEOPLE: People = { admin: ['system:masters'], limited: ['limited-people'] };

/** A real Kubernetes control plane on loopback. Its data lives in a temporary folder and is gone after `stop`. */
export interface ControlPlane {
  readonly url: string;
  readonly caPem: string;
  /** A member of system:masters. */
  readonly adminToken: string;
  /** User `limited` of group `limited-people`, without any permission until a test binds a role to one of them. */
  readonly limitedToken: string;
  /** The token of one of `people`. */
  tokenOf(user: string): string;
  /** What `people` asked so far, and what the server said to it. */
  audited(): readonly AuditedRequest[];
  /** A file, for the admin. */
  readonly kubeconfigPath: string;
  /** Path of the kubectl that belongs to the server. */
  readonly kubectl: string;
  /** The kubeconfig of whoever holds `token`; of the admin unless told. */
  kubeconfig(token?: string): string;
  /** Drops the history before the present revision, so that older continue tokens and watches are answered 410. */
  compact(): Promise<void>;
  /** Process ids by program name. */
  pids(): Record<string, number>;
  stop(): Promise<void>;
}

const ATTEMPTS = 3;

/**
 * Starts etcd and kube-apiserver, and what else the options ask for, on free ports, and resolves when the API is ready.
 * Throws MissingControlPlaneError when a program is not there; any other failure quotes the end of the log of the program that failed.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const programs = findPrograms(options.assets ?? assetsFolder(), [
    'etcd',
    'kube-apiserver',
    'kubectl',
    ...(options.controllers ? (['kube-controller-manager'] as const) : []),
    ...(options.nodes ? (['kube-scheduler', 'kwok'] as const) : []),
  ]);
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(programs, options);
    } catch (error) {
      // Only a port that somebody else took in between is worth another try.
      if (attempt >= ATTEMPTS || !/address already in use/.test(String(error))) throw error;
    }
  }
}

type Programs = Readonly<Partial<Record<string, string>>>;

async function start(programs: Programs, options: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
  const family = new ProcessFamily(folder);
  const stop = async (): Promise<void> => {
    await family.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await startIn(folder, family, programs, options, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startIn(
  folder: string,
  family: ProcessFamily,
  programs: Programs,
  options: ControlPlaneOptions,
  stop: () => Promise<void>,
): Promise<ControlPlane> {
  const [etcdPort = 0, peerPort = 0, apiPort = 0, kwokPort = 0] = await freePorts(4);
  const { people = {} } = options;
  const tokens = writeCredentials(folder, { ...OWN_PEOPLE, ...people });
  const tokenOf = (user: string): string => required(tokens.get(user), `a user ${user}`);
  const adminToken = tokenOf('admin');
  const url = `https://127.0.0.1:${apiPort}`;
  const run = (name: string, args: readonly string[]): void => {
    const command = programs[name];
    if (command !== undefined) family.start(name, command, args);
  };

  run('etcd', etcdArgs(folder, etcdPort, peerPort));
  run('kube-apiserver', [...apiServerArgs(folder, etcdPort, apiPort, options), ...auditArgs(folder, Object.keys(people))]);
  const patience = { family, deadline: Date.now() + (options.startTimeoutMs ?? 60_000) };
  const caPem = await untilApiReady(patience, { url, token: adminToken }, join(folder, 'apiserver.crt'));
  const access: ApiAccess = { url, caPem, token: adminToken };
  const kubeconfigPath = join(folder, 'kubeconfig');
  writeFileSync(kubeconfigPath, kubeconfigFor(access), { mode: 0o600 });
  run('kube-controller-manager', controllerManagerArgs(folder, kubeconfigPath));
  run('kube-scheduler', schedulerArgs(kubeconfigPath));
  run('kwok', kwokArgs(kubeconfigPath, programs, { port: kwokPort, stages: options.stages ?? [] }));
  if (options.nodes) await addNode(access, 'node-1');
  if (options.nodes) await untilNodeReady(patience, access, 'node-1');
  if (options.controllers) await untilControllersReady(patience, access);
  return {
    url,
    caPem,
    adminToken,
    limitedToken: tokenOf('limited'),
    tokenOf,
    audited: () => readAuditLog(folder),
    kubeconfigPath,
    kubectl: programs.kubectl ?? '',
    kubeconfig: (token = adminToken) => kubeconfigFor({ url, caPem, token }),
    compact: () => compactEtcd(`http://127.0.0.1:${etcdPort}`),
    pids: () => family.pids(),
    stop,
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the control plane does not have ${what}`);
  return value;
}

/** One roomy node; kwok keeps it Ready and plays its kubelet. */
async function addNode(access: ApiAccess, name: string): Promise<void> {
  const capacity = { cpu: '1000', memory: '4Ti', pods: '100000' };
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    status: { allocatable: capacity, capacity },
  };
  const answer = await apiRequest(access, 'POST', '/api/v1/nodes', { body: node });
  if (answer.status !== 201) throw new Error(`the control plane did not start: the node was refused with ${answer.status}`);
}
