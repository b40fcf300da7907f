import type { KubernetesObject, V1CronJob, V1Deployment } from '@kubernetes/client-node';
import { vi } from 'vitest';
import { POLICY_PARAMETER_VARIABLE, STATE_BUCKET_VARIABLE, STATE_PREFIX_VARIABLE } from '../../../functions/scale-dev-nightly/config.ts';
import { SLACK_WEBHOOK_PARAMETER_VARIABLE } from '../../../lib/platform/environment-names.ts';
import { accountOf } from '../../../sandbox/aws/arns.ts';
import type { PolicyDocument, TrustPolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import type { AccessQuestion } from '../../../sandbox/aws/iam/statement.ts';
import { verifyEksToken } from '../../../sandbox/aws/verify-eks-token.ts';
import { SCALE_GROUP, scaleAccess } from '../../../sandbox/cluster-access.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type SandboxWorld, startSandboxWorld } from '../../../sandbox/world.ts';
import { type HttpReceiver, httpReceiver } from '../http-receiver.ts';
import { freshFunction, type Invoke } from './fresh-function.ts';
import { hubRoleOf, rolesOf, sessionKeys } from './scale-identities.ts';
import { sleepers } from './sleepers.ts';

/** The names of a deployment: one cluster of the function's own account, one that is entered by a role. */
export interface ScalePlaces {
  /** Of the function's own role. @default nightshift-dev-scale-dev-nightly in the sandbox's account */
  readonly roleArn?: string;
  readonly cluster: string;
  readonly stateBucket: string;
  /** Folder in the bucket; empty for none. */
  readonly statePrefix: string;
  readonly policyParameter: string;
  readonly slackParameter: string;
  readonly spoke: { readonly cluster: string; readonly region: string; readonly roleArn: string; readonly externalId: string };
}

export interface ScalePolicies {
  /** Of the function's own role. */
  readonly hub: readonly PolicyDocument[];
  /** Of the role that the function assumes for the other cluster. */
  readonly spoke: readonly PolicyDocument[];
}

export interface ScaleWorldOptions {
  readonly places: ScalePlaces;
  readonly policies: ScalePolicies;
  /** Who may assume the other cluster's role; everybody who has the external id unless told. */
  readonly spokeTrust?: TrustPolicyDocument;
  /** Values of SSM parameters by name, where the policy of the deployment is not the one that follows from `places`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What IAM was asked about each of the two roles. */
export type RecordedCalls = Readonly<Record<keyof ScalePolicies, readonly AccessQuestion[]>>;

/** Two clusters, the AWS endpoint under its policies, Slack, and the function as Lambda would have started it among them. */
export class ScaleWorld {
  readonly places: ScalePlaces;
  readonly world: SandboxWorld;
  readonly clusters: readonly KubernetesSandbox[];
  readonly slack: HttpReceiver;
  readonly invoke: Invoke;

  private constructor(places: ScalePlaces, world: SandboxWorld, spoke: KubernetesSandbox, slack: HttpReceiver, invoke: Invoke) {
    this.places = places;
    this.world = world;
    this.clusters = [world.kubernetes, spoke];
    this.slack = slack;
    this.invoke = invoke;
  }

  static async start(options: ScaleWorldOptions): Promise<ScaleWorld> {
    const { places, parameters } = options;
    const { cluster, stateBucket, statePrefix, policyParameter, slackParameter } = places;
    const world = await startSandboxWorld({
      objects: sleepers(),
      names: { cluster, stateBucket, policyParameter },
      // The function is a session of its role; the keys that the sandbox starts with may do nothing.
      policies: [],
      roles: rolesOf(options),
    });
    const entered = await startSpoke(world, places);
    const slack = await httpReceiver((response) => response.end('ok'));
    const aws = { ...world.aws.env(), ...sessionKeys(world.aws, places) };
    const env = {
      ...world.functionEnvironment(),
      ...aws,
      [POLICY_PARAMETER_VARIABLE]: policyParameter,
      [STATE_BUCKET_VARIABLE]: stateBucket,
      [STATE_PREFIX_VARIABLE]: statePrefix,
      [SLACK_WEBHOOK_PARAMETER_VARIABLE]: slackParameter,
    };
    for (const [name, value] of Object.entries(parameters ?? { [policyParameter]: policyOf(places) }))
      world.aws.setParameter(name, { value });
    world.aws.setParameter(slackParameter, { value: `${slack.url}/services/webhook`, type: 'SecureString' });
    // The AWS SDK looks at the process, not at what the function is told.
    for (const [name, value] of Object.entries(aws)) vi.stubEnv(name, value);
    return new ScaleWorld(places, world, entered, slack, await freshFunction(env));
  }

  /** Everybody awake, nothing broken; what lies in the bucket stays. */
  async reset(): Promise<void> {
    this.world.aws.faults.clear();
    for (const cluster of this.clusters) {
      cluster.faults.clear();
      for (const object of sleepers()) cluster.byHand.put(object);
      await cluster.settled();
    }
  }

  /** Sizes of the workloads, cluster by cluster, in the order of `sleepers`; a CronJob is 1 or, suspended, 0. */
  sizes(): readonly number[] {
    return this.clusters.flatMap(({ byHand }) =>
      sleepers().map(({ apiVersion = '', kind = '', metadata }) =>
        sizeOf(byHand.get(apiVersion, kind, metadata?.namespace, metadata?.name ?? '')),
      ),
    );
  }

  /** A document of the state bucket, by its key within the prefix. */
  stored(key: string): unknown {
    const { stateBucket, statePrefix } = this.places;
    const object = this.world.aws.objectsIn(stateBucket)?.get(statePrefix === '' ? key : `${statePrefix}/${key}`);
    return object && JSON.parse(object.body.toString());
  }

  calls(): RecordedCalls {
    const { requests, identityOf } = this.world.aws;
    const of = (roleArn: string): readonly AccessQuestion[] =>
      requests.filter(({ accessKeyId }) => identityOf(accessKeyId)?.roleArn === roleArn).flatMap(({ authorised }) => authorised);
    return { hub: of(hubRoleOf(this.places)), spoke: of(this.places.spoke.roleArn) };
  }

  async stop(): Promise<void> {
    vi.unstubAllEnvs();
    await Promise.all([this.world.close(), this.clusters[1]?.close(), this.slack.close()]);
  }
}

/** The other account's cluster: its access entry knows the role's sessions and nobody else. */
async function startSpoke({ aws }: SandboxWorld, { spoke }: ScalePlaces): Promise<KubernetesSandbox> {
  const roleName = spoke.roleArn.split('/').at(-1);
  const sessions = `arn:aws:sts::${accountOf(spoke.roleArn)}:assumed-role/${roleName}/`;
  const kubernetes = await startKubernetesSandbox({
    controllers: false,
    objects: [...sleepers(), ...scaleAccess],
    authenticate: (token) => {
      const verdict = verifyEksToken(token, { clusterName: spoke.cluster, lookup: aws.identityOf, now: Date.now() });
      return verdict.ok && verdict.arn.startsWith(sessions) ? { user: verdict.arn, groups: [SCALE_GROUP] } : undefined;
    },
  });
  aws.setCluster(spoke.cluster, { endpoint: kubernetes.url, caPem: kubernetes.caPem });
  return kubernetes;
}

function policyOf({ cluster, spoke: { cluster: name, ...entry } }: ScalePlaces): string {
  return JSON.stringify({
    version: 1,
    clusters: [
      { via: 'eks', name: cluster },
      { via: 'eks', name, ...entry },
    ],
  });
}

function sizeOf(object: KubernetesObject | undefined): number {
  const { spec } = (object ?? {}) as Partial<V1Deployment & V1CronJob>;
  return spec?.replicas ?? (spec?.suspend ? 0 : 1);
}
