import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { MetricName } from '../../lib/platform/metrics-sink.ts';
import type { Outbound } from '../constructs/function-network.ts';
import type { Permission } from '../policies/permission.ts';
import type { EventTrigger } from './event-trigger.ts';
import type { JobSchedule } from './job-schedule.ts';

/** What the stack made before its functions, by name or ARN. */
export interface StageResources {
  readonly stateBucketName: string;
  readonly stateBucketArn: string;
  readonly policyParameterName: string;
  readonly policyParameterArns: readonly string[];
  /** ARN of an SSM parameter by its full name. */
  readonly parameterArn: (name: string) => string;
  /** ARN, a pattern, of a secret of Secrets Manager by its name; a whole ARN as it is. */
  readonly secretArn: (name: string) => string;
  /** ARNs of roles of that name, a pattern, in whatever account. */
  readonly roleArnPattern: (name: string) => string;
  readonly recordsTableName: string;
  readonly recordsTableArn: string;
  /** ARN of a cluster in the stack's own account and region. */
  readonly clusterArn: (eksName: string) => string;
}

/** Graph and label of a number that the function publishes. */
export interface DashboardMetric {
  readonly metric: MetricName;
  readonly label: string;
  readonly statistic: 'Sum' | 'Maximum';
}

/**
 * All that the stack has to know of a function: `all.ts` lists them. Role, log group, failure queue, alarms, heartbeat, test events and its row of
 * the dashboard come with it.
 */
export interface FunctionDefinition {
  /** The folder in `functions/`, and the `job` of reports, logs and metrics. */
  readonly job: string;
  readonly summary: string;
  readonly memoryMb: number;
  readonly timeoutMinutes: number;
  /**
   * Hours without a successful run after which the heartbeat alarm tells. At most 26, so that the night of a daily job is not missed twice. A function
   * that runs only when it is asked has none.
   */
  readonly heartbeatHours?: number;
  /** Where its calls go, for its security group in a VPC. @default https */
  readonly outbound?: Outbound;
  /** The group in every cluster that its access entries give it, and that its ClusterRole is bound to; a function without one stays outside. */
  readonly kubernetesGroup?: string;
  /** The document that it reads from SSM, as text of at most 4 KiB each: the first names the others. */
  readonly policyDocuments: (stage: StageConfig, parameterName: (index: number) => string) => readonly string[];
  readonly environment: (stage: StageConfig, resources: StageResources) => Readonly<Record<string, string>>;
  readonly permissions: (stage: StageConfig, resources: StageResources) => readonly Permission[];
  readonly schedules: (stage: StageConfig) => readonly JobSchedule[];
  /** Events of EventBridge after which it runs; none unless told. */
  readonly triggers?: (stage: StageConfig) => readonly EventTrigger[];
  /** Whether it has a URL. Whoever knows it may ask: the function looks at the caller's token itself. */
  readonly url?: (stage: StageConfig) => boolean;
  /** By name: events that the Lambda console offers. */
  readonly testEvents: Readonly<Record<string, unknown>>;
  readonly dashboard: readonly DashboardMetric[];
}
