import { CodePipelineClient, PutJobFailureResultCommand, PutJobSuccessResultCommand } from '@aws-sdk/client-codepipeline';
import { fitResult } from '../pipelines/codepipeline/fit-result.ts';
import type { JobContinued, JobResults, JobSucceeded } from '../pipelines/codepipeline/job-result.ts';
import { clientConfig } from './client-config.ts';
import { puttingResult, type ResultCall } from './result-error.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** It never repeats by itself: whether an attempt may have arrived decides what the next one's refusal means. */
const codePipelineClient = onePerTarget((target) =>
  tellTraffic(new CodePipelineClient({ ...clientConfig(target, { maxAttempts: 1, requestTimeoutMs: 5_000 }) })),
);

const codes = {
  JobNotFoundException: 'unknown',
  InvalidJobStateException: 'answered',
  OutputVariablesSizeExceededException: 'refused',
} as const;

/** Answers of one region's jobs. Needs codepipeline:PutJobSuccessResult and codepipeline:PutJobFailureResult, which know no resources. */
export function codePipelineResults(region: string, client: CodePipelineClient = codePipelineClient({ region })): JobResults {
  return {
    async put(jobId, result, signal) {
      const fitted = fitResult(result);
      const action = fitted.kind === 'failed' ? 'PutJobFailureResult' : 'PutJobSuccessResult';
      const call: ResultCall = {
        permission: `codepipeline:${action}`,
        resource: '*',
        region,
        subject: `job ${jobId} of CodePipeline`,
        codes,
      };
      await puttingResult(call, signal, (abortSignal) => {
        if (fitted.kind !== 'failed')
          return client.send(new PutJobSuccessResultCommand({ jobId, ...successInput(fitted) }), { abortSignal });
        const { kind: _, ...failureDetails } = fitted;
        return client.send(new PutJobFailureResultCommand({ jobId, failureDetails }), { abortSignal });
      });
    },
  };
}

function successInput(result: JobSucceeded | JobContinued): Omit<ConstructorParameters<typeof PutJobSuccessResultCommand>[0], 'jobId'> {
  const { summary, externalExecutionId } = result;
  const percentComplete = result.kind === 'continued' ? result.percentComplete : 100;
  return {
    executionDetails: { summary, externalExecutionId, percentComplete },
    ...(result.kind === 'continued'
      ? { continuationToken: result.token }
      : result.variables && { outputVariables: { ...result.variables } }),
  };
}
