import type { AwsCredentialProvider, AwsCredentials } from '../aws/credentials.ts';
import type { Clock } from '../platform/clock.ts';
import { NightshiftError } from '../platform/errors.ts';
import { redactText } from '../platform/redact.ts';
import type { ClusterDescriber } from './cluster-describer.ts';
import type { Access, Connection, TlsMaterial } from './connection.ts';
import { eksToken } from './eks-token.ts';
import { ClusterNotReadyError, CredentialsError } from './errors.ts';
import { SharedWork } from './shared-work.ts';

export interface EksConnectionOptions {
  readonly clusterName: string;
  readonly region: string;
  readonly describer: ClusterDescriber;
  /** Whom to sign as: the function's own role, or one it assumes. Asked at every signature, so it may refresh. */
  readonly credentials: AwsCredentialProvider;
  readonly clock: Clock;
}

const MINUTE = 60_000;
const CLUSTER_REUSE_MS = 15 * MINUTE;
/** The server accepts 15 minutes; one less covers clocks that disagree. */
const TOKEN_LIFE_MS = 14 * MINUTE;
/** A token this close to its end may not outlive the request it goes out with. */
const TOKEN_RESERVE_MS = 2 * MINUTE;
const READY = new Set(['ACTIVE', 'UPDATING']);

/**
 * A connection to an EKS cluster by its name. Made without I/O, so it may live at module scope: address and token are fetched at first use
 * and compared with the clock at every use, for a warm Lambda sandbox thaws hours later.
 * `access` throws ClusterNotReadyError unless the cluster is ACTIVE or UPDATING, CredentialsError, or what the describer throws.
 */
export function eksConnection(options: EksConnectionOptions): Connection {
  const eks = new EksAccess(options);
  return {
    unauthorizedHint:
      `EKS does not map this identity, so RBAC was not even asked: give the role an access entry on cluster ${options.clusterName}; ` +
      'if it has one, check that the cluster name is exact (case counts) and that this clock is right',
    access: (signal) => eks.access(signal),
    invalidate: (used) => eks.invalidate(used),
  };
}

interface Target {
  readonly server: URL;
  readonly tls: TlsMaterial;
}

interface Kept<T> {
  readonly value: T;
  readonly from: number;
  readonly until: number;
}

class EksAccess {
  #target: Kept<Target> | undefined;
  #access: Kept<Access> | undefined;
  readonly #asking = new SharedWork((signal) => this.#sign(signal));
  readonly #options: EksConnectionOptions;

  constructor(options: EksConnectionOptions) {
    this.#options = options;
  }

  access(signal?: AbortSignal): Promise<Access> {
    if (this.#access && this.#fresh(this.#access)) return Promise.resolve(this.#access.value);
    return this.#asking.join(signal);
  }

  invalidate(used: Access): void {
    if (used === this.#access?.value) this.#access = undefined;
  }

  /** A clock that was set back makes everything stale. */
  #fresh({ from, until }: Kept<unknown>): boolean {
    const now = this.#options.clock.now();
    return now >= from && now < until;
  }

  async #sign(signal: AbortSignal): Promise<Access> {
    const { clusterName, region, clock } = this.#options;
    const target = await this.#describe(signal);
    const credentials = await this.#credentials();
    const now = clock.now();
    const token = await eksToken({ clusterName, region, credentials, now });
    const access: Access = { ...target.value, headers: { authorization: `Bearer ${token}` } };
    // The token dies with the credentials that signed it, and its address is asked for again after a while.
    const tokenEnd = Math.min(now + TOKEN_LIFE_MS, credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - TOKEN_RESERVE_MS;
    this.#access = { value: access, from: now, until: Math.min(tokenEnd, target.until) };
    return access;
  }

  async #credentials(): Promise<AwsCredentials> {
    try {
      return await this.#options.credentials();
    } catch (error) {
      // It names the role and what to do already.
      if (error instanceof NightshiftError) throw error;
      throw new CredentialsError(`cannot get AWS credentials for cluster ${this.#options.clusterName}: ${awsReason(error)}`, {
        cluster: this.#options.clusterName,
        cause: error,
        hint: 'check the role of this function, and that it may assume the role configured for the cluster',
      });
    }
  }

  async #describe(signal: AbortSignal): Promise<Kept<Target>> {
    if (this.#target && this.#fresh(this.#target)) return this.#target;
    const { clusterName, clock, describer } = this.#options;
    const { endpoint, certificateAuthorityPem, status } = await describer.describeCluster(clusterName, { signal });
    if (!READY.has(status)) {
      throw new ClusterNotReadyError(`cannot use cluster ${clusterName}: it is ${status}`, {
        cluster: clusterName,
        hint: 'EKS must call it ACTIVE or UPDATING; the next run tries again',
      });
    }
    if (!URL.canParse(endpoint) || !certificateAuthorityPem.includes('-----BEGIN')) {
      throw new ClusterNotReadyError(`cannot use cluster ${clusterName}: EKS gives it no address or no CA`, {
        cluster: clusterName,
        hint: 'a cluster that is being changed may lack them for minutes; the next run tries again',
      });
    }
    const before = this.#target?.value;
    const same = before?.tls.ca === certificateAuthorityPem && before.server.href === new URL(endpoint).href;
    const now = clock.now();
    this.#target = {
      value: same && before ? before : { server: new URL(endpoint), tls: { ca: certificateAuthorityPem } },
      from: now,
      until: now + CLUSTER_REUSE_MS,
    };
    return this.#target;
  }
}

/**
 * The name of an AWS error says what is wrong. Of its message only the first line is repeated, cleaned: a provider that runs a command
 * (credential_process) puts the command's output behind it.
 */
function awsReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const [line = ''] = error.message.split('\n');
  return redactText(`${error.name}: ${line}`).slice(0, 300);
}
