import type { AwsCredentialProvider } from '../../lib/aws/credentials.ts';
import { createConnector } from '../../lib/connect/connector.ts';
import { regionOf } from '../../lib/connect/region.ts';
import type { KubernetesClient } from '../../lib/kubernetes/client.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { RunContext } from '../../lib/platform/job-definition.ts';
import type { SecretSource } from '../../lib/platform/secret-source.ts';
import type { StateStore } from '../../lib/platform/state-store.ts';
import type { RecordsTable } from '../../lib/records/records-table.ts';
import { releases } from '../../lib/records/releases.ts';
import { addressPolicy } from '../../lib/smoke/addresses/address-policy.ts';
import { permittedAddresses } from '../../lib/smoke/gate/permitted-addresses.ts';
import type { ProofWorld } from '../../lib/smoke/gate/prove.ts';
import { createProber } from '../../lib/smoke/probes/run-probe.ts';
import type { ApplicationOf } from './asked.ts';
import type { SmokeConfig } from './config.ts';

/** What one run of the function works with. */
export interface SmokeWorld {
  readonly config: SmokeConfig;
  readonly proof: ProofWorld;
  readonly applicationOf: ApplicationOf;
  /** Where reports go; absent when there is no bucket. */
  readonly store: StateStore | undefined;
  /** Opened by its first use. */
  readonly records: (() => Promise<RecordsTable>) | undefined;
  readonly close: () => void;
}

/** Writes in flight are none; this bounds the reads. */
const SOCKETS = 4;

const { openCluster, openStore } = createConnector();

/** The adapters of a run. Whatever speaks AWS is loaded by its first use: a suite against a URL alone loads none of it. */
export async function smokeWorld(config: SmokeConfig, context: RunContext): Promise<SmokeWorld> {
  const { env, clock, deadline, log } = context;
  const open = new Map<string, Promise<KubernetesClient>>();
  const cluster = (name: string): Promise<KubernetesClient> => {
    const known = open.get(name) ?? openCluster(targetNamed(name, config), context, SOCKETS);
    open.set(name, known);
    return known;
  };
  const table = config.recordsTable;
  const records = table === undefined ? undefined : once(() => recordsIn(table, context));
  return {
    config,
    records,
    applicationOf: async (id) => (await import('../../lib/aws/codedeploy-application.ts')).codeDeployApplication(id, regionOf(env)),
    store: config.state && (await openStore(config.state, env)),
    proof: {
      clock,
      deadline,
      openCluster: cluster,
      onlyCluster: config.clusters.length === 1 ? config.clusters[0]?.name : undefined,
      digests: {
        ...(records && { release: async (app, version) => releases(await records()).get(app, version, deadline.signal) }),
        resolveTag: async (image) => (await import('./resolve-tag.ts')).resolveTag(image, context),
      },
      places: { parameters: config.parameters, secrets: lazySecrets(context) },
      openProber: (suite) =>
        createProber({
          addresses: addressPolicy(permittedAddresses(suite.allow, config.allow)),
          clock,
          credentials: lazyCredentials(context),
        }),
      onChange: (line) => log.info('rollout changed', { reason: line }),
    },
    close: () => {
      for (const client of open.values()) client.then((each) => each.close()).catch(() => undefined);
    },
  };
}

function targetNamed(name: string, { clusters }: SmokeConfig): SmokeConfig['clusters'][number] {
  const target = clusters.find((each) => each.name === name);
  if (target !== undefined) return target;
  throw new BadInputError(`cluster ${name} is not configured`, {
    hint: `configured: ${clusters.map((each) => each.name).join(', ') || 'none'}`,
  });
}

async function recordsIn(table: string, { env, clock }: RunContext): Promise<RecordsTable> {
  const { openRecords } = await import('../../lib/aws/records/open-records.ts');
  return openRecords({ table, region: regionOf(env) }, clock);
}

function lazySecrets({ env }: RunContext): SecretSource {
  return {
    secret: async (reference, signal) => {
      const { secretsManagerSecrets } = await import('../../lib/aws/secrets-manager.ts');
      return secretsManagerSecrets(regionOf(env)).secret(reference, signal);
    },
  };
}

function lazyCredentials({ env }: RunContext): AwsCredentialProvider {
  return async () => (await import('../../lib/aws/process-credentials.ts')).processCredentials(regionOf(env))();
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
