import { dirname, join } from 'node:path';

/** No fsync: the data is thrown away, and a test must not wait for a disk. */
export function etcdArgs(folder: string, port: number, peerPort: number): string[] {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    ...['--data-dir', join(folder, 'etcd')],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
    '--unsafe-no-fsync',
  ];
}

/** Tokens and RBAC as on a real cluster. The ServiceAccount plugin is off: pods would have to wait for accounts that nobody needs here. */
export function apiServerArgs(
  folder: string,
  etcdPort: number,
  port: number,
  limits: { readonly maxRequestsInflight?: number; readonly maxMutatingRequestsInflight?: number },
): string[] {
  const optional = (flag: string, value: number | undefined): string[] => (value === undefined ? [] : [flag, String(value)]);
  return [
    ...['--etcd-servers', `http://127.0.0.1:${etcdPort}`],
    ...['--cert-dir', folder, '--secure-port', String(port), '--bind-address', '127.0.0.1'],
    ...['--token-auth-file', join(folder, 'tokens.csv'), '--authorization-mode', 'RBAC'],
    ...['--service-account-key-file', join(folder, 'sa.pub'), '--service-account-signing-key-file', join(folder, 'sa.key')],
    ...['--service-account-issuer', 'https://kubernetes.default.svc', '--service-cluster-ip-range', '10.0.0.0/24'],
    ...['--disable-admission-plugins', 'ServiceAccount'],
    ...optional('--max-requests-inflight', limits.maxRequestsInflight),
    ...optional('--max-mutating-requests-inflight', limits.maxMutatingRequestsInflight),
  ];
}

export function controllerManagerArgs(folder: string, kubeconfigPath: string): string[] {
  return [
    ...['--kubeconfig', kubeconfigPath, '--leader-elect=false', '--secure-port', '0'],
    ...['--service-account-private-key-file', join(folder, 'sa.key'), '--root-ca-file', join(folder, 'apiserver.crt')],
  ];
}

export function schedulerArgs(kubeconfigPath: string): string[] {
  return ['--kubeconfig', kubeconfigPath, '--leader-elect=false', '--secure-port', '0'];
}

/** kwok refuses to start without stages; they lie beside the program. */
export function kwokArgs(
  kubeconfigPath: string,
  programs: Readonly<Partial<Record<string, string>>>,
  { port, stages }: { readonly port: number; readonly stages: readonly string[] },
): string[] {
  return [
    ...['--kubeconfig', kubeconfigPath],
    ...[join(dirname(programs.kwok ?? ''), 'kwok-stages.yaml'), ...stages].flatMap((file) => ['--config', file]),
    ...['--manage-all-nodes', '--node-ip', '127.0.0.1', '--node-port', String(port), '--node-lease-duration-seconds', '40'],
  ];
}
