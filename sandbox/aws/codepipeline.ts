import { answerJob, checkFailure, checkSuccess, type PipelineJob, readJobId } from './codepipeline-jobs.ts';
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

interface ResultOperation {
  readonly parameters: readonly string[];
  readonly check: (input: JsonObject) => void;
  readonly statusOf: (input: JsonObject) => PipelineJob['status'];
}

const operations: Readonly<Record<string, ResultOperation>> = {
  PutJobSuccessResult: {
    parameters: ['jobId', 'continuationToken', 'executionDetails', 'outputVariables'],
    check: checkSuccess,
    statusOf: ({ continuationToken }) => (continuationToken === undefined ? 'succeeded' : 'continued'),
  },
  PutJobFailureResult: { parameters: ['jobId', 'failureDetails'], check: checkFailure, statusOf: () => 'failed' },
};

/** PutJobSuccessResult and PutJobFailureResult over AWS JSON 1.1. Neither knows resources in IAM. */
export function codepipelineFront(jobs: Map<string, PipelineJob>): ServiceFront {
  return {
    parse(request: AwsRequest) {
      const name = targetOperation(request, 'CodePipeline_20150709', CONTENT_TYPE);
      const { parameters, check, statusOf } = knownOperation(operations, name);
      const input = parseJson(request.body);
      assertParameters(input, parameters);
      const id = readJobId(input.jobId);
      check(input);
      return {
        name,
        resource: id,
        permissions: [{ action: `codepipeline:${name}`, resource: '*' }],
        apply() {
          answerJob(jobs, id, input, statusOf(input));
          return jsonAnswer(CONTENT_TYPE, {});
        },
      };
    },
    fail: (code, message, status) => jsonFailure(CONTENT_TYPE, jsonCode(code), message, status),
  };
}
