import { accountOf, deploymentGroupArn } from './arns.ts';
import { AwsFault } from './fault.ts';
import {
  assertParameters,
  type JsonObject,
  jsonAnswer,
  jsonCode,
  jsonFailure,
  knownOperation,
  parseJson,
  targetOperation,
} from './json-front.ts';
import type { AwsRequest, Operation, ServiceFront } from './service.ts';

/** Where a hook says nothing of it. */
const GROUP = 'shop/shop';
const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** A deployment that waits for a hook. */
export interface LifecycleHook {
  /** `d-ABCDEF123` */
  readonly deploymentId: string;
  readonly executionId: string;
  /** `application/group`, which permissions are given on. @default shop/shop */
  readonly group?: string;
  readonly status?: 'Succeeded' | 'Failed';
}

/** What the type of the field allows; only the last two can be put. */
const STATUSES: ReadonlySet<unknown> = new Set(['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped', 'Unknown']);

const fault = (code: string, message: string): AwsFault => new AwsFault(400, code, message);

function assertStatus(status: unknown): asserts status is 'Succeeded' | 'Failed' {
  if (status !== 'Succeeded' && status !== 'Failed')
    throw fault(
      'InvalidLifecycleEventHookExecutionStatusException',
      STATUSES.has(status) ? `The status ${status} cannot be put.` : 'The status is not valid.',
    );
}

/** The hooks of the deployment that is named; at least one, for the sandbox knows deployments by their hooks. */
function deploymentIn(
  hooks: ReadonlyMap<string, LifecycleHook>,
  { deploymentId }: JsonObject,
): readonly [LifecycleHook, ...LifecycleHook[]] {
  if (typeof deploymentId !== 'string') throw fault('DeploymentIdRequiredException', 'A deployment ID must be specified.');
  if (!/^d-[A-Z0-9]{9}$/.test(deploymentId)) throw fault('InvalidDeploymentIdException', 'The deployment ID is not valid.');
  const [first, ...others] = [...hooks.values()].filter((hook) => hook.deploymentId === deploymentId);
  if (!first) throw fault('DeploymentDoesNotExistException', `The deployment ${deploymentId} could not be found`);
  return [first, ...others];
}

function hookIn(hooks: ReadonlyMap<string, LifecycleHook>, input: JsonObject): LifecycleHook {
  const [{ deploymentId }] = deploymentIn(hooks, input);
  const { lifecycleEventHookExecutionId: executionId } = input;
  const hook = typeof executionId === 'string' ? hooks.get(executionId) : undefined;
  if (hook?.deploymentId !== deploymentId)
    throw fault('InvalidLifecycleEventHookExecutionIdException', 'The lifecycle event hook execution ID is not valid.');
  return hook;
}

type Call = Pick<Operation, 'resource' | 'apply'> & { readonly group: string };

const operations: Readonly<Record<string, (hooks: Map<string, LifecycleHook>, input: JsonObject) => Call>> = {
  GetDeployment: (hooks, input) => {
    assertParameters(input, ['deploymentId']);
    const [{ deploymentId, group = GROUP }] = deploymentIn(hooks, input);
    const [applicationName, deploymentGroupName] = group.split('/');
    const deploymentInfo = { applicationName, deploymentGroupName, deploymentId, status: 'InProgress', computePlatform: 'ECS' };
    return { group, resource: deploymentId, apply: () => jsonAnswer(CONTENT_TYPE, { deploymentInfo }) };
  },
  PutLifecycleEventHookExecutionStatus: (hooks, input) => {
    assertParameters(input, ['deploymentId', 'lifecycleEventHookExecutionId', 'status']);
    const hook = hookIn(hooks, input);
    const { status } = input;
    assertStatus(status);
    return {
      group: hook.group ?? GROUP,
      resource: hook.deploymentId,
      apply() {
        if (hooks.get(hook.executionId)?.status !== undefined)
          throw fault('LifecycleEventAlreadyCompletedException', 'The lifecycle event hook has already been completed.');
        hooks.set(hook.executionId, { ...hook, status });
        return jsonAnswer(CONTENT_TYPE, { lifecycleEventHookExecutionId: hook.executionId });
      },
    };
  },
};

/** Deployments and their hooks, over AWS JSON 1.1. */
export function codedeployFront(hooks: Map<string, LifecycleHook>): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const target = targetOperation(request, 'CodeDeploy_20141006', CONTENT_TYPE);
      const operation = knownOperation(operations, target);
      const { group, ...call } = operation(hooks, parseJson(request.body));
      const resource = deploymentGroupArn(request.region, accountOf(request.identity.arn), group);
      return { name: target, permissions: [{ action: `codedeploy:${target}`, resource }], ...call };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
