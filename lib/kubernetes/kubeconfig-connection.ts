import type { Clock } from '../platform/clock.ts';
import { type Log, silentLog } from '../platform/log.ts';
import type { Access, Connection } from './connection.ts';
import { impersonationHeaders } from './impersonation.ts';
import { kubeconfigFiles, readKubeconfig } from './kubeconfig.ts';
import { type KubeconfigContext, pickContext } from './kubeconfig-context.ts';
import { type Credentials, writtenCredentials } from './kubeconfig-credentials.ts';
import { credentialsError } from './kubeconfig-errors.ts';
import { proxyOf } from './kubeconfig-proxy.ts';
import { isAnonymous, userSource } from './kubeconfig-user.ts';
import { sameTls } from './same-tls.ts';
import { SharedWork } from './shared-work.ts';

export interface KubeconfigOptions {
  /** Where KUBECONFIG and HOME are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Replaces KUBECONFIG. */
  readonly file?: string | undefined;
  /** Replaces current-context. */
  readonly context?: string | undefined;
  /** How long an exec plugin may take, in milliseconds; a minute unless told. Whatever is said, it ends with the last request that waits for it. */
  readonly pluginLimitMs?: number | undefined;
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
const PLUGIN_LIMIT_MS = 60_000;

/**
 * A connection as kubectl would make it: every kind of user and proxy that a kubeconfig knows, read again when the server refuses the identity.
 * @throws BadInputError naming the file and what is wrong, before anything is sent
 */
export async function connectKubeconfig(options: KubeconfigOptions): Promise<KubeconfigConnection> {
  const files = kubeconfigFiles(options.env, options.file);
  const load = async (): Promise<Loaded> => {
    const context = await pickContext(await readKubeconfig(files), options.context);
    const impersonation = impersonationHeaders(context.userName ?? '(none)', context.user);
    const user = userSource(context, { env: options.env, clock: options.clock, limitMs: options.pluginLimitMs ?? PLUGIN_LIMIT_MS });
    const proxy = proxyOf(context);
    const ask = async (signal: AbortSignal): Promise<Credentials> => {
      const own = await writtenCredentials(context.cluster, await user(signal));
      return { ...own, ...(proxy && { proxy: await proxy(own.tls) }), headers: { ...own.headers, ...impersonation } };
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
    unauthorizedHint: unauthorizedHint(context),
    access: (signal) => identity.access(signal),
    invalidate: (used) => identity.invalidate(used),
  };
}

function unauthorizedHint(context: KubeconfigContext): string {
  const who = `user ${context.userName ?? '(none)'} in context ${context.name}`;
  return isAnonymous(context)
    ? `${who} has no credentials in the kubeconfig: log in, or fetch the cluster credentials again`
    : `log in again: the credentials of ${who} have expired or belong to another cluster`;
}

interface Loaded {
  readonly context: KubeconfigContext;
  readonly ask: (signal: AbortSignal) => Promise<Credentials>;
}

/** One credential at a time, however many requests ask for it. */
class Identity {
  #loaded: Loaded | undefined;
  #access: Access | undefined;
  #reuseUntil = 0;
  readonly #asking = new SharedWork((signal) => this.#ask(signal));
  readonly #load: () => Promise<Loaded>;
  readonly #clock: Clock;

  constructor(loaded: Loaded, load: () => Promise<Loaded>, clock: Clock) {
    this.#loaded = loaded;
    this.#load = load;
    this.#clock = clock;
  }

  access(signal?: AbortSignal): Promise<Access> {
    if (this.#access && this.#clock.now() < this.#reuseUntil) return Promise.resolve(this.#access);
    return this.#asking.join(signal);
  }

  invalidate(used: Access): void {
    if (used !== this.#access) return;
    this.#reuseUntil = 0;
    // What a plugin printed is kept until it expires: only a user that is loaded anew asks the plugin again.
    this.#loaded = undefined;
  }

  async #ask(signal: AbortSignal): Promise<Access> {
    this.#loaded ??= await this.#load();
    const { context, ask } = this.#loaded;
    const credentials = await ask(signal).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : credentialsError(context, error);
    });
    const tls = this.#access && sameTls(this.#access.tls, credentials.tls) ? this.#access.tls : credentials.tls;
    this.#access = { server: context.server, ...credentials, tls };
    this.#reuseUntil = this.#clock.now() + REUSE_MS;
    return this.#access;
  }
}
