import { type Fields, textAt } from '../../kubernetes/fields.ts';
import type { Call } from './call.ts';

/**
 * A lifecycle hook of CodeDeploy, for Lambda and ECS (https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html).
 * The event names a deployment and no more: which suite belongs to it is in the configuration.
 */
export function readCodeDeploy(event: Fields): Call | undefined {
  const deploymentId = textAt(event, 'DeploymentId');
  const executionId = textAt(event, 'LifecycleEventHookExecutionId');
  if (deploymentId === undefined || executionId === undefined) return undefined;
  return { caller: { kind: 'code-deploy', deploymentId, executionId }, event: { codeDeployment: deploymentId } };
}
