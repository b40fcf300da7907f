import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { AlertsTopic } from '../constructs/alerts-topic.ts';
import { AutomationFunction } from '../constructs/automation-function.ts';
import { ClusterAccess } from '../constructs/cluster-access.ts';
import { EventTriggers } from '../constructs/event-triggers.ts';
import type { FailureQueue } from '../constructs/failure-queue.ts';
import { FunctionAlarms } from '../constructs/function-alarms.ts';
import { FunctionNetwork } from '../constructs/function-network.ts';
import { OpenFunctionUrl } from '../constructs/function-url.ts';
import { JobSchedules } from '../constructs/job-schedules.ts';
import { type DashboardRow, NightDashboard } from '../constructs/night-dashboard.ts';
import { PolicyParameters } from '../constructs/policy-parameters.ts';
import { RecordsTable } from '../constructs/records-table.ts';
import { StateBucket } from '../constructs/state-bucket.ts';
import type { FunctionDefinition, StageResources } from '../functions/definition.ts';

export interface NightshiftStackProps extends StackProps {
  readonly stage: StageConfig;
  readonly functions: readonly FunctionDefinition[];
  /** The built bundle of a job. */
  readonly codeOf: (job: string) => Code;
}

/** One stage: the state that all functions share, and each function with what surrounds it. */
export class NightshiftStack extends Stack {
  readonly automations: readonly AutomationFunction[];
  readonly #stage: StageConfig;
  readonly #state: StateBucket;
  readonly #records: RecordsTable;
  readonly #alerts: AlertsTopic;
  readonly #network: FunctionNetwork | undefined;

  constructor(scope: Construct, id: string, { stage, functions, codeOf, ...props }: NightshiftStackProps) {
    super(scope, id, { description: `Nightshift, stage ${stage.stage}`, ...props });
    this.#stage = stage;
    this.#state = new StateBucket(this, 'State');
    this.#records = new RecordsTable(this, 'Records');
    this.#alerts = new AlertsTopic(this, 'Alerts', { prefix: stage.prefix, emails: stage.routes.email });
    this.#network = stage.vpc && new FunctionNetwork(this, 'Network', { name: stage.prefix, vpc: stage.vpc });
    const rows = functions.map((definition) => this.#addFunction(definition, codeOf(definition.job)));
    this.automations = rows.map(({ automation }) => automation);
    new NightDashboard(this, 'Dashboard', { name: stage.prefix, stage: stage.stage, rows });
    new CfnOutput(this, 'StateBucketName', {
      value: this.#state.bucketName,
      description: 'originals, run plans and reports; kept when the stack is removed',
    });
    new CfnOutput(this, 'RecordsTableName', {
      value: this.#records.tableName,
      description: 'leases, journals, incidents, releases; kept when the stack is removed',
    });
    new CfnOutput(this, 'AlertsTopicArn', { value: this.#alerts.topicArn, description: 'every alarm' });
  }

  #addFunction(definition: FunctionDefinition, code: Code): DashboardRow {
    const { job, kubernetesGroup } = definition;
    const stage = this.#stage;
    const nameOf = (index: number): string => `/${stage.prefix}/${job}/policy${index === 0 ? '' : `-${index}`}`;
    const documents = definition.policyDocuments(stage, nameOf);
    new PolicyParameters(this, `${job}-policy`, { nameOf, documents, description: `The policy of ${job}, from nightshift.yaml` });
    const resources = this.#resources(documents.map((_, index) => nameOf(index)));
    const automation = new AutomationFunction(this, job, { definition, stage, resources, code, network: this.#network });
    const undelivered = this.#addWaysIn(automation);
    if (kubernetesGroup !== undefined) {
      const clusters = stage.clusters.filter(({ access, accessEntry }) => access.via === 'own' && accessEntry === 'create');
      new ClusterAccess(this, `${job}-access`, {
        clusters: clusters.map(({ eksName }) => eksName),
        role: automation.role,
        group: kubernetesGroup,
      });
    }
    const { alarms } = new FunctionAlarms(this, `${job}-alarms`, {
      prefix: stage.prefix,
      stage: stage.stage,
      automation,
      undelivered,
      topic: this.#alerts,
    });
    return { automation, alarms };
  }

  /** What makes a function run. @returns where it is kept what could not be delivered to it */
  #addWaysIn({ definition, function: target }: AutomationFunction): FailureQueue {
    const { job, schedules, triggers, url } = definition;
    const stage = this.#stage;
    const name = `${stage.prefix}-${job}`;
    const { undelivered } = new JobSchedules(this, `${job}-schedules`, { name, target, schedules: schedules(stage) });
    const events = triggers?.(stage) ?? [];
    if (events.length > 0) new EventTriggers(this, `${job}-triggers`, { name, target, triggers: events, undelivered });
    if (url?.(stage)) new OpenFunctionUrl(this, `${job}-url`, { target, job });
    return undelivered;
  }

  #resources(policyParameterNames: readonly string[]): StageResources {
    const parameterArn = (name: string): string =>
      this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') });
    return {
      stateBucketName: this.#state.bucketName,
      stateBucketArn: this.#state.bucketArn,
      policyParameterName: policyParameterNames[0] ?? '',
      policyParameterArns: policyParameterNames.map(parameterArn),
      parameterArn,
      secretArn: (secret) =>
        secret.startsWith('arn:')
          ? secret
          : this.formatArn({
              service: 'secretsmanager',
              resource: 'secret',
              resourceName: `${secret}-??????`,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
      roleArnPattern: (name) => this.formatArn({ service: 'iam', region: '', account: '*', resource: 'role', resourceName: name }),
      recordsTableName: this.#records.tableName,
      recordsTableArn: this.#records.tableArn,
      clusterArn: (eksName) => this.formatArn({ service: 'eks', resource: 'cluster', resourceName: eksName }),
    };
  }
}
