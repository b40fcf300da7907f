import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import { BadInputError, messageOf } from '../platform/errors.ts';
import { bearer } from './bearer-token.ts';
import type { Access, Connection } from './connection.ts';
import { raceSignal } from './race-signal.ts';

export interface InClusterOptions {
  /** Where KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Where the kubelet mounts `token` and `ca.crt`. @default the path every pod has */
  readonly mount?: string;
}

const MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The kubelet rotates the token file; client-go looks at it once a minute as well. */
const REUSE_MS = 60_000;

/**
 * A connection from inside a pod, as its service account.
 * @throws BadInputError outside a pod
 */
export function inClusterConnection(options: InClusterOptions): Connection {
  const server = serverOf(options.env);
  const account = new ServiceAccount(server, options.mount ?? MOUNT, options.clock);
  return {
    unauthorizedHint: 'the service account token is not accepted: look whether the account was deleted, and restart the pod',
    access: (signal) => raceSignal(account.access(), signal),
    invalidate: (used) => account.invalidate(used),
  };
}

class ServiceAccount {
  #kept: { readonly access: Access; readonly until: number } | undefined;
  readonly #server: URL;
  readonly #mount: string;
  readonly #clock: Clock;

  constructor(server: URL, mount: string, clock: Clock) {
    this.#server = server;
    this.#mount = mount;
    this.#clock = clock;
  }

  async access(): Promise<Access> {
    if (this.#kept && this.#clock.now() < this.#kept.until) return this.#kept.access;
    const [token, ca] = await Promise.all([read(this.#mount, 'token'), read(this.#mount, 'ca.crt')]);
    const before = this.#kept?.access.tls;
    const access: Access = {
      server: this.#server,
      tls: before?.ca === ca ? before : { ca },
      headers: { authorization: bearerOf(token, this.#mount) },
    };
    this.#kept = { access, until: this.#clock.now() + REUSE_MS };
    return access;
  }

  invalidate(used: Access): void {
    if (this.#kept?.access === used) this.#kept = { access: used, until: 0 };
  }
}

function serverOf(env: InClusterOptions['env']): URL {
  const host = env.KUBERNETES_SERVICE_HOST;
  if (!host) {
    throw new BadInputError('cannot connect from inside the cluster: KUBERNETES_SERVICE_HOST is not set', {
      hint: 'this works in a pod only; elsewhere name a kubeconfig or an EKS cluster',
    });
  }
  const port = env.KUBERNETES_SERVICE_PORT_HTTPS ?? env.KUBERNETES_SERVICE_PORT ?? '443';
  const address = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (URL.canParse(address)) return new URL(address);
  throw new BadInputError(`cannot connect from inside the cluster: ${address} is not a URL`, {
    hint: 'correct KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT; the kubelet sets them',
  });
}

function bearerOf(token: string, mount: string): string {
  try {
    return bearer(token);
  } catch (error) {
    throw new BadInputError(`cannot use the service account's token in ${mount}: ${messageOf(error)}`, {
      hint: 'delete the pod, so that the kubelet mounts a new one',
    });
  }
}

async function read(mount: string, file: string): Promise<string> {
  try {
    return await readFile(join(mount, file), 'utf8');
  } catch (error) {
    throw new BadInputError(`cannot read the service account's ${file} in ${mount}`, {
      cause: error,
      hint: 'the pod needs automountServiceAccountToken: true',
    });
  }
}
