import type { Clock } from '../platform/clock.ts';
import { type Log, silentLog } from '../platform/log.ts';
import type { Access, Connection, TlsMaterial } from './connection.ts';
import { impersonationHeaders } from './impersonation.ts';
import { kubeconfigFiles, readKubeconfig } from './kubeconfig.ts';
import { type KubeconfigContext, pickContext } from './kubeconfig-context.ts';
import { type Credentials, isPlain, plainCredentials } from './kubeconfig-credentials.ts';
import { credentialsError } from './kubeconfig-errors.ts';
import { clientNodeCredentials } from './kubeconfig-for-client-node.ts';
import { raceSignal } from './race-signal.ts';

export interface KubeconfigOptions {
  /** Where KUBECONFIG and HOME are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Replaces KUBECONFIG. */
  readonly file?: string | undefined;
  /** Replaces current-context. */
  readonly context?: string | undefined;
  readonly log?: Log;
}

export interface KubeconfigConnection extends Connection {
  readonly context: string;
  /** The cluster's name in the kubeconfig. */
  readonly clusterName: string;
  /** The context's own namespace, if it names one. */
  readonly namespace: string | undefined;
  readonly server: URL;
}

/** Credentials are asked for again after this long: a token file, a rotated certificate or an expired plugin token is seen within it. */
const REUSE_MS = 5_000;

/**
 * A connection as kubectl would make it: everything client-node's KubeConfig understands, read again when the server refuses the identity.
 * @throws BadInputError naming the file and what is wrong, before anything is sent
 */
export async function connectKubeconfig(options: KubeconfigOptions): Promise<KubeconfigConnection> {
  const files = kubeconfigFiles(options.env, options.file);
  const load = async (): Promise<Loaded> => {
    const context = await pickContext(await readKubeconfig(files), options.context);
    const impersonation = impersonationHeaders(context.userName ?? '(none)', context.user);
    const credentials = isPlain(context) ? () => plainCredentials(context) : await clientNodeCredentials(context);
    const ask = async (): Promise<Credentials> => {
      const own = await credentials();
      return { ...own, headers: { ...own.headers, ...impersonation } };
    };
    return { context, ask };
  };
  const first = await load();
  const { context } = first;
  if (context.cluster['insecure-skip-tls-verify'] === true) {
    (options.log ?? silentLog).warn('TLS verification is off, as the kubeconfig says', {
      cluster: context.clusterName,
      server: context.server.host,
    });
  }
  const identity = new Identity(first, load, options.clock);
  return {
    context: context.name,
    clusterName: context.clusterName,
    namespace: context.namespace,
    server: context.server,
    unauthorizedHint: `log in again: the credentials of user ${context.userName ?? '(none)'} in context ${context.name} have expired or belong to another cluster`,
    access: (signal) => raceSignal(identity.access(), signal),
    invalidate: (used) => identity.invalidate(used),
  };
}

interface Loaded {
  readonly context: KubeconfigContext;
  readonly ask: () => Promise<Credentials>;
}

/** One credential at a time, however many requests ask for it. */
class Identity {
  #loaded: Loaded | undefined;
  #access: Access | undefined;
  #asking: Promise<Access> | undefined;
  #reuseUntil = 0;
  readonly #load: () => Promise<Loaded>;
  readonly #clock: Clock;

  constructor(loaded: Loaded, load: () => Promise<Loaded>, clock: Clock) {
    this.#loaded = loaded;
    this.#load = load;
    this.#clock = clock;
  }

  access(): Promise<Access> {
    if (this.#access && this.#clock.now() < this.#reuseUntil) return Promise.resolve(this.#access);
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  invalidate(used: Access): void {
    if (used !== this.#access) return;
    this.#reuseUntil = 0;
    // client-node keeps plugin tokens until they expire: only a new KubeConfig asks the plugin again.
    this.#loaded = undefined;
  }

  async #ask(): Promise<Access> {
    this.#loaded ??= await this.#load();
    const { context, ask } = this.#loaded;
    const credentials = await ask().catch((error: unknown) => {
      throw credentialsError(context, error);
    });
    const tls = this.#access && sameTls(this.#access.tls, credentials.tls) ? this.#access.tls : credentials.tls;
    this.#access = { server: context.server, ...credentials, tls };
    this.#reuseUntil = this.#clock.now() + REUSE_MS;
    return this.#access;
  }
}

function sameTls(a: TlsMaterial, b: TlsMaterial): boolean {
  return a.servername === b.servername && (['ca', 'cert', 'key'] as const).every((part) => String(a[part]) === String(b[part]));
}
