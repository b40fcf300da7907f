import { ArnFormat, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  ApplicationLogLevel,
  Architecture,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageConfig } from '../../lib/configuration/stage.ts';
import { LOG_LEVEL_VARIABLE, STAGE_VARIABLE } from '../../lib/platform/environment-names.ts';
import type { FunctionDefinition, StageResources } from '../functions/definition.ts';
import type { Permission } from '../policies/permission.ts';
import { FailureQueue } from './failure-queue.ts';
import type { FunctionNetwork } from './function-network.ts';
import { FunctionRole } from './function-role.ts';

export interface AutomationFunctionProps {
  readonly definition: FunctionDefinition;
  readonly stage: StageConfig;
  readonly resources: StageResources;
  /** The built bundle. */
  readonly code: Code;
  /** @default outside of any VPC */
  readonly network?: FunctionNetwork | undefined;
}

/** What a failed asynchronous run may still be worth: later than that the next tick has healed it. */
const MAX_EVENT_AGE = Duration.minutes(15);
const RETRIES = 2;

/** One of the functions, with everything around it that production asks for. */
export class AutomationFunction extends Construct {
  readonly definition: FunctionDefinition;
  readonly function: LambdaFunction;
  readonly role: FunctionRole;
  /** Events whose runs failed for good. */
  readonly failures: FailureQueue;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, { definition, stage, resources, code, network }: AutomationFunctionProps) {
    super(scope, id);
    this.definition = definition;
    const name = `${stage.prefix}-${definition.job}`;
    const sizes: Readonly<Record<string, StageConfig['functions'][keyof StageConfig['functions']]>> = stage.functions;
    const size = sizes[definition.job];
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${name}`,
      retention: stage.logRetentionDays satisfies number as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.failures = new FailureQueue(this, 'Failures', `${name}-failures`);
    this.role = new FunctionRole(this, 'Role', {
      roleName: name,
      description: `${definition.job} of stage ${stage.stage}: ${definition.summary}`,
      logGroup,
      // By its name: the function is made after its role.
      functionArn: Stack.of(this).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: name,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      inVpc: network !== undefined,
      permissions: [...definition.permissions(stage, resources), sendFailures(this.failures)],
    });
    this.timeout = Duration.minutes(size?.timeoutMinutes ?? definition.timeoutMinutes);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: definition.summary,
      runtime: Runtime.NODEJS_24_X,
      // Pure JavaScript runs on either; arm64 costs a fifth less per millisecond.
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      role: this.role.withoutPolicyUpdates(),
      memorySize: size?.memoryMb ?? definition.memoryMb,
      timeout: this.timeout,
      environment: { [STAGE_VARIABLE]: stage.stage, [LOG_LEVEL_VARIABLE]: stage.logLevel, ...definition.environment(stage, resources) },
      tracing: Tracing.ACTIVE,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The function sifts its lines itself. A stricter level here would drop its metrics as well, which are lines without a level.
      applicationLogLevelV2: stage.logLevel === 'debug' ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      onFailure: new SqsDestination(this.failures),
      retryAttempts: RETRIES,
      maxEventAge: MAX_EVENT_AGE,
      ...network?.placement(definition.outbound ?? 'https'),
    });
    this.function.node.addDependency(this.role);
    Validations.of(this.function).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'Its onFailure destination is the failure queue: like a dead letter queue, with the error beside the event.',
    });
  }
}

function sendFailures(failures: FailureQueue): Permission {
  return {
    sid: 'KeepFailures',
    actions: ['sqs:SendMessage'],
    resources: [failures.queueArn],
    reason: 'Lambda puts the event of a run that failed for good into its failure queue, with the role of the function',
  };
}
