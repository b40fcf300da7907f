import { AwsFault } from './fault.ts';
import type { JsonObject } from './json-front.ts';

/** A job of a Lambda invoke action, and the one answer that was taken for it. */
export interface PipelineJob {
  readonly id: string;
  /** `continued`: answered with a continuation token; the next job of the action has another id and brings the token back. */
  readonly status: 'in-progress' | 'continued' | 'succeeded' | 'failed';
  /** The answer as it was sent, without the job's id. */
  readonly answer?: JsonObject;
}

const jobId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FAILURE_TYPES = [
  'JobFailed',
  'ConfigurationError',
  'PermissionError',
  'RevisionOutOfSync',
  'RevisionUnavailable',
  'SystemUnavailable',
] as const;
/** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html: of all output variables of an action. */
const VARIABLE_BYTES = 122_880;

const invalid = (at: string, constraint: string): AwsFault =>
  new AwsFault(400, 'ValidationException', `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${constraint}`);

export function readJobId(value: unknown): string {
  if (typeof value !== 'string' || !jobId.test(value))
    throw invalid('jobId', `Member must satisfy regular expression pattern: ${jobId.source}`);
  return value;
}

function objectAt(input: JsonObject, at: string, fields: readonly string[]): JsonObject | undefined {
  const value = input[at];
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(at, 'Member must be a structure');
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw invalid(`${at}.${unknown}`, 'Member is not implemented by this endpoint');
  return value as JsonObject;
}

function assertText(value: unknown, at: string, longest: number, required = false): void {
  if (value === undefined && !required) return;
  if (typeof value !== 'string') throw invalid(at, 'Member must not be null');
  if (value.length < 1) throw invalid(at, 'Member must have length greater than or equal to 1');
  if (value.length > longest) throw invalid(at, `Member must have length less than or equal to ${longest}`);
}

/** @throws AwsFault for a PutJobSuccessResult that CodePipeline would not take */
export function checkSuccess(input: JsonObject): void {
  assertText(input.continuationToken, 'continuationToken', 2048);
  const details = objectAt(input, 'executionDetails', ['summary', 'externalExecutionId', 'percentComplete']);
  assertText(details?.summary, 'executionDetails.summary', 2048);
  assertText(details?.externalExecutionId, 'executionDetails.externalExecutionId', 1500);
  const percent = details?.percentComplete;
  if (percent !== undefined && !(typeof percent === 'number' && Number.isInteger(percent) && percent >= 0 && percent <= 100))
    throw invalid('executionDetails.percentComplete', 'Member must have value between 0 and 100');
  checkVariables(input);
}

function checkVariables({ outputVariables: variables, continuationToken }: JsonObject): void {
  if (variables === undefined) return;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables))
    throw invalid('outputVariables', 'Member must be a map');
  if (continuationToken !== undefined)
    throw new AwsFault(400, 'ValidationException', 'Output variables can be included only when there is no continuation token.');
  const entries = Object.entries(variables);
  for (const [name, value] of entries)
    if (!/^[\w@-]+$/.test(name) || typeof value !== 'string') throw invalid('outputVariables', 'Map keys must satisfy: [A-Za-z0-9@\\-_]+');
  if (entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0) > VARIABLE_BYTES)
    throw new AwsFault(400, 'OutputVariablesSizeExceededException', 'Exceeded the total size limit for all variables in the pipeline.');
}

/** @throws AwsFault for a PutJobFailureResult that CodePipeline would not take */
export function checkFailure(input: JsonObject): void {
  const details = objectAt(input, 'failureDetails', ['type', 'message', 'externalExecutionId']);
  if (!details) throw invalid('failureDetails', 'Member must not be null');
  if (!FAILURE_TYPES.some((type) => type === details.type))
    throw invalid('failureDetails.type', `Member must satisfy enum value set: [${FAILURE_TYPES.join(', ')}]`);
  assertText(details.message, 'failureDetails.message', 5000, true);
  assertText(details.externalExecutionId, 'failureDetails.externalExecutionId', 1500);
}

/** Takes the one answer of a job. @throws AwsFault for an unknown job, and for one that has been answered */
export function answerJob(
  jobs: Map<string, PipelineJob>,
  id: string,
  { jobId: _, ...answer }: JsonObject,
  status: PipelineJob['status'],
): void {
  const job = jobs.get(id);
  if (!job) throw new AwsFault(400, 'JobNotFoundException', `Job ${id} does not exist`);
  if (job.status !== 'in-progress') throw new AwsFault(400, 'InvalidJobStateException', `Job ${id} is not in the state InProgress`);
  jobs.set(id, { id, status, answer });
}
