import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
import type { HookResults } from '../pipelines/codedeploy/hook-result.ts';
import { clientConfig } from './client-config.ts';
import { puttingResult, type ResultCall } from './result-error.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** It never repeats by itself, as CodePipeline's does not. */
const codeDeployClient = onePerTarget((target) =>
  tellTraffic(new CodeDeployClient({ ...clientConfig(target, { maxAttempts: 1, requestTimeoutMs: 5_000 }) })),
);

const codes = {
  DeploymentDoesNotExistException: 'unknown',
  InvalidLifecycleEventHookExecutionIdException: 'unknown',
  InvalidDeploymentIdException: 'refused',
  InvalidLifecycleEventHookExecutionStatusException: 'refused',
  UnsupportedActionForDeploymentTypeException: 'refused',
  LifecycleEventAlreadyCompletedException: 'answered',
} as const;

/** Answers of one region's hooks. Needs codedeploy:PutLifecycleEventHookExecutionStatus on the deployment group. */
export function codeDeployResults(region: string, client: CodeDeployClient = codeDeployClient({ region })): HookResults {
  return {
    async put({ deploymentId, executionId }, status, signal) {
      const call: ResultCall = {
        permission: 'codedeploy:PutLifecycleEventHookExecutionStatus',
        resource: 'its deployment group',
        region,
        subject: `the hook of deployment ${deploymentId}`,
        codes,
      };
      const command = new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId: executionId, status });
      await puttingResult(call, signal, (abortSignal) => client.send(command, { abortSignal }));
    },
  };
}
