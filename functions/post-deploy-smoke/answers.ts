import { regionOf } from '../../lib/connect/region.ts';
import type { Clock } from '../../lib/platform/clock.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { ParameterSource } from '../../lib/platform/parameters.ts';
import type { Answers } from '../../lib/smoke/callers/answers.ts';
import { RECORDS_TABLE_VARIABLE, URL_TOKEN_PARAMETER_VARIABLE } from './config.ts';

export interface AnswersOptions {
  readonly env: Environment;
  readonly clock: Clock;
  readonly parameters: ParameterSource;
}

/** The ways of the function to those who wait for an answer; whatever speaks AWS is loaded when there is one. */
export function createAnswers({ env, clock, parameters }: AnswersOptions): Answers {
  return {
    journal: async () => {
      const table = env[RECORDS_TABLE_VARIABLE];
      if (!table) return undefined;
      const [{ openRecords }, { journal }] = await Promise.all([
        import('../../lib/aws/records/open-records.ts'),
        import('../../lib/records/journal.ts'),
      ]);
      return journal(await openRecords({ table, region: regionOf(env) }, clock), clock);
    },
    putJob: async (jobId, result, patience) => {
      const [{ codePipelineResults }, { sendResult }] = await Promise.all([
        import('../../lib/aws/codepipeline-results.ts'),
        import('../../lib/pipelines/results/send-result.ts'),
      ]);
      const results = codePipelineResults(regionOf(env));
      await sendResult((signal) => results.put(jobId, result, signal), { clock, ...patience });
    },
    putHook: async (hook, status, patience) => {
      const [{ codeDeployResults }, { sendResult }] = await Promise.all([
        import('../../lib/aws/codedeploy-results.ts'),
        import('../../lib/pipelines/results/send-result.ts'),
      ]);
      const results = codeDeployResults(regionOf(env));
      await sendResult((signal) => results.put(hook, status, signal), { clock, ...patience });
    },
    isKnown: async (credential) => {
      const parameter = env[URL_TOKEN_PARAMETER_VARIABLE];
      if (!parameter || credential === undefined) return false;
      const { sameSecret } = await import('../../lib/platform/same-secret.ts');
      return sameSecret(credential, await parameters.secret(parameter));
    },
  };
}
