import type { KubernetesObject } from '@kubernetes/client-node';
import type { Report } from '../../../lib/platform/report.ts';
import type { PolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { SANDBOX_ACCOUNT } from '../../../sandbox/aws/identities.ts';
import { type SandboxWorld, startSandboxWorld } from '../../../sandbox/world.ts';
import { type LambdaRuntime, startLambdaRuntime } from '../lambda-runtime.ts';
import { aCronJob, aDeployment, aNamespace, aStatefulSet } from '../workloads.ts';
import { environmentOf, unpackFunction } from './deployed-function.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { functionName, functionOf, hub } from './deployed-stage.ts';
import { type Json, type MotoApi, objectIn } from './moto.ts';

export interface NightOptions {
  /** Entry of the runtime client. */
  readonly client: string;
  readonly moto: MotoApi;
  readonly stack: DeployedStack;
  /** Where the code is laid down. */
  readonly folder: string;
}

const namespace = 'shop';
const objects: readonly KubernetesObject[] = [
  aNamespace(namespace),
  aDeployment({ namespace, name: 'web', size: 3 }),
  aDeployment({ namespace, name: 'worker', size: 1 }),
  aStatefulSet({ namespace, name: 'cache', size: 2 }),
  aCronJob({ namespace, name: 'report' }),
];

export const AWAKE = { 'Deployment/web': 3, 'Deployment/worker': 1, 'StatefulSet/cache': 2, 'CronJob/report': 1 };
export const ASLEEP = { 'Deployment/web': 0, 'Deployment/worker': 0, 'StatefulSet/cache': 0, 'CronJob/report': 0 };

/**
 * The function of a deployed stack in a process of its own, under AWS's runtime client. Parameters and state it finds in the emulator, where the
 * deployment put them; the cluster and what AWS says of it, in the sandbox, which checks signatures and tokens and allows what the deployed role allows.
 */
export class DeployedNight {
  readonly #stack: DeployedStack;
  readonly #world: SandboxWorld;
  readonly #lambda: LambdaRuntime;

  private constructor(stack: DeployedStack, world: SandboxWorld, lambda: LambdaRuntime) {
    this.#stack = stack;
    this.#world = world;
    this.#lambda = lambda;
  }

  static async start({ client, moto, stack, folder }: NightOptions): Promise<DeployedNight> {
    const deployed = await functionOf(moto, stack);
    const entry = await unpackFunction(deployed, folder);
    const world = await startSandboxWorld({ objects, names: { cluster: 'dev' }, policies: [rolePolicy(stack)] });
    const [here, there] = [moto.endpoint, world.aws.endpoint];
    const env = environmentOf(deployed, {
      region: hub.region,
      credentials: world.aws.credentials,
      endpoints: { S3: here, SSM: here, SNS: here, SQS: here, EKS: there, STS: there },
    });
    return new DeployedNight(stack, world, await startLambdaRuntime({ client, entry, env }));
  }

  /** Sends an event; what the function throws is thrown, with all that it has logged. */
  async invoke(event: Json): Promise<Report> {
    const result = await this.#lambda.invoke(event);
    if (result.kind === 'error') throw new Error(`${result.error.errorType}: ${result.error.errorMessage}\n${this.#lambda.output()}`);
    return result.body as Report;
  }

  /** The event that a schedule of the stack sends, with an instant that stands for the clock. */
  eventOf(schedule: string, { executionId, at }: { readonly executionId: string; readonly at: string }): Json {
    const { Target } = this.#stack.one('AWS::Scheduler::Schedule', ({ Name }) => Name === schedule).properties;
    const input = String((Target as Json).Input).replaceAll('<aws.scheduler.execution-id>', executionId);
    return { ...(JSON.parse(input) as Json), at };
  }

  /** Replicas of each workload, `Kind/name`; of a CronJob 1, or 0 when it is suspended. */
  sizes(): Readonly<Record<string, unknown>> {
    type Workload = KubernetesObject & { readonly spec?: { readonly replicas?: number; readonly suspend?: boolean } };
    const workloads = this.#world.kubernetes.snapshot().filter(({ kind = '' }) => /^(Deployment|StatefulSet|CronJob)$/.test(kind));
    return Object.fromEntries(
      workloads.map(({ kind, metadata, spec }: Workload) => [
        `${kind}/${metadata?.name}`,
        kind === 'CronJob' ? Number(spec?.suspend !== true) : spec?.replicas,
      ]),
    );
  }

  /** What the function has asked of the sandbox's AWS, each kind of call once: `eks:DescribeCluster 200`. */
  calls(): readonly string[] {
    return [...new Set(this.#world.aws.requests.map(({ service, operation, status }) => `${service}:${operation} ${status}`))];
  }

  async stop(): Promise<void> {
    await this.#lambda.stop();
    await this.#world.close();
  }
}

/** Of the function's role, with the account that the sandbox's clusters are in. */
function rolePolicy(stack: DeployedStack): PolicyDocument {
  const { properties } = stack.one('AWS::IAM::Policy', ({ Roles }) => (Roles as readonly string[])[0] === functionName);
  return JSON.parse(JSON.stringify(properties.PolicyDocument).replaceAll(hub.account, SANDBOX_ACCOUNT)) as PolicyDocument;
}

/** Of the two buckets of a stack the one that its function is told of. */
export function stateBucketOf(stack: DeployedStack): string {
  const { properties } = stack.one('AWS::Lambda::Function', ({ FunctionName }) => FunctionName === functionName);
  return String(objectIn(objectIn(properties, 'Environment'), 'Variables').NIGHTSHIFT_STATE_BUCKET);
}
