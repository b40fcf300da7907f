import type { AwsCredentialProvider } from '../../lib/aws/credentials.ts';
import type { Connector } from '../../lib/connect/connector.ts';
import { openStore } from '../../lib/connect/open-store.ts';
import { regionOf } from '../../lib/connect/region.ts';
import type { KubernetesClient } from '../../lib/kubernetes/client.ts';
import { BadInputError } from '../../lib/platform/errors.ts';
import type { RunContext } from '../../lib/platform/job-definition.ts';
import type { SecretSource } from '../../lib/platform/secret-source.ts';
import type { StateStore } from '../../lib/platform/state-store.ts';
import type { RecordsTable } from '../../lib/records/records-table.ts';
import type { Release } from '../../lib/records/releases.ts';
import { addressPolicy } from '../../lib/smoke/addresses/address-policy.ts';
import { permittedAddresses } from '../../lib/smoke/gate/permitted-addresses.ts';
import type { ProofWorld } from '../../lib/smoke/gate/prove.ts';
import { createProber, type Prober } from '../../lib/smoke/probes/run-probe.ts';
import type { Suite } from '../../lib/smoke/suite/suite.ts';
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

/** Its connections outlive a run. A run that speaks to no cluster loads none of what speaks to them. */
const connector = once(async (): Promise<Connector> => (await import('../../lib/connect/connector.ts')).createConnector());

/** The adapters of a run. Whatever speaks AWS is loaded by its first use: a suite against a URL alone loads none of it. */
export async function smokeWorld(config: SmokeConfig, context: RunContext): Promise<SmokeWorld> {
  const { env, clock, deadline, log } = context;
  const open = new Map<string, Promise<KubernetesClient>>();
  const openNamed = async (name: string): Promise<KubernetesClient> => {
    const target = targetNamed(name, config);
    return (await connector()).openCluster(target, context, SOCKETS);
  };
  const cluster = (name: string): Promise<KubernetesClient> => {
    const known = open.get(name) ?? openNamed(name);
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
        ...(records && { release: async (app, version) => releaseIn(await records(), { app, version }, deadline.signal) }),
        resolveTag: async (image) => (await import('./resolve-tag.ts')).resolveTag(image, context, config.allow),
      },
      places: { parameters: config.parameters, secrets: lazySecrets(context) },
      openProber: (suite) => proberFor(suite, config, context),
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

async function releaseIn(
  table: RecordsTable,
  { app, version }: { readonly app: string; readonly version: string },
  signal: AbortSignal,
): Promise<Release | undefined> {
  const { releases } = await import('../../lib/records/releases.ts');
  return releases(table).get(app, version, signal);
}

function proberFor(suite: Suite, { allow }: SmokeConfig, context: RunContext): Prober {
  const addresses = addressPolicy(permittedAddresses(suite.allow, allow));
  return createProber({ addresses, clock: context.clock, credentials: lazyCredentials(context) });
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
