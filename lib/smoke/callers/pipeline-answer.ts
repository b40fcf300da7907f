import type { JobFailureType, JobResult } from '../../pipelines/codepipeline/job-result.ts';
import type { Standing } from './standing.ts';

const FAILURES: Readonly<Record<Exclude<Standing['kind'], 'passed'>, JobFailureType>> = {
  failed: 'JobFailed',
  waiting: 'JobFailed',
  misconfigured: 'ConfigurationError',
  denied: 'PermissionError',
  unavailable: 'SystemUnavailable',
};

/** @param token what the next job of the action has to know; absent when this is the last one */
export function pipelineAnswer({ kind, summary, report }: Standing, token?: string): JobResult {
  const externalExecutionId = report.runId;
  if (kind === 'passed') {
    return { kind: 'succeeded', summary, externalExecutionId, variables: { runId: report.runId, status: report.status } };
  }
  if (token !== undefined) return { kind: 'continued', token, summary, externalExecutionId };
  const message = kind === 'waiting' ? `not in time: ${summary}` : summary;
  return { kind: 'failed', type: FAILURES[kind], message, externalExecutionId };
}
