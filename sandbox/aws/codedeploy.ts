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
import type { AwsRequest, ServiceFront } from './service.ts';

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

function hookIn(hooks: ReadonlyMap<string, LifecycleHook>, input: JsonObject): LifecycleHook {
  const { deploymentId, lifecycleEventHookExecutionId: executionId } = input;
  if (typeof deploymentId !== 'string') throw fault('DeploymentIdRequiredException', 'A deployment ID must be specified.');
  if (!/^d-[A-Z0-9]{9}$/.test(deploymentId)) throw fault('InvalidDeploymentIdException', 'The deployment ID is not valid.');
  const known = [...hooks.values()].some((hook) => hook.deploymentId === deploymentId);
  if (!known) throw fault('DeploymentDoesNotExistException', `The deployment ${deploymentId} could not be found`);
  const hook = typeof executionId === 'string' ? hooks.get(executionId) : undefined;
  if (hook?.deploymentId !== deploymentId)
    throw fault('InvalidLifecycleEventHookExecutionIdException', 'The lifecycle event hook execution ID is not valid.');
  return hook;
}

/** PutLifecycleEventHookExecutionStatus over AWS JSON 1.1. */
export function codedeployFront(hooks: Map<string, LifecycleHook>): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const target = targetOperation(request, 'CodeDeploy_20141006', CONTENT_TYPE);
      const operation = 'PutLifecycleEventHookExecutionStatus';
      const name = knownOperation({ [operation]: operation }, target);
      const input = parseJson(request.body);
      assertParameters(input, ['deploymentId', 'lifecycleEventHookExecutionId', 'status']);
      const hook = hookIn(hooks, input);
      const { status } = input;
      assertStatus(status);
      const resource = deploymentGroupArn(request.region, accountOf(request.identity.arn), hook.group ?? 'shop/shop');
      return {
        name,
        resource: hook.deploymentId,
        permissions: [{ action: `codedeploy:${name}`, resource }],
        apply() {
          if (hooks.get(hook.executionId)?.status !== undefined)
            throw fault('LifecycleEventAlreadyCompletedException', 'The lifecycle event hook has already been completed.');
          hooks.set(hook.executionId, { ...hook, status });
          return jsonAnswer(CONTENT_TYPE, { lifecycleEventHookExecutionId: hook.executionId });
        },
      };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
