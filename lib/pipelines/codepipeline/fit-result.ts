import { BadInputError } from '../../platform/errors.ts';
import { redactText } from '../../platform/redact.ts';
import type { JobResult } from './job-result.ts';

/** https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutJobSuccessResult.html, API_PutJobFailureResult.html and the user guide's quotas. */
export const LIMITS = { message: 5000, externalExecutionId: 1500, summary: 2048, token: 2048, variableBytes: 122_880 } as const;

/**
 * The answer as CodePipeline takes it: texts are cleaned of credentials, cut to their limits, and never empty. An answer that is refused for its length
 * would leave the pipeline waiting for twenty minutes.
 * @throws BadInputError for a token or variables that do not fit: cut, they would say something else
 */
export function fitResult(result: JobResult): JobResult {
  switch (result.kind) {
    case 'succeeded':
      assertVariables(result.variables ?? {});
      return { kind: result.kind, ...shown(result), ...(result.variables && { variables: result.variables }) };
    case 'continued':
      assertToken(result.token);
      return {
        kind: result.kind,
        token: result.token,
        ...shown(result),
        ...(result.percentComplete !== undefined && { percentComplete: percent(result.percentComplete) }),
      };
    case 'failed':
      return {
        kind: result.kind,
        type: result.type,
        message: fitText(result.message, LIMITS.message) ?? 'it failed, and no reason was given',
        ...executionId(result),
      };
    default:
      return result satisfies never;
  }
}

type Texts = { readonly summary?: string; readonly externalExecutionId?: string };

function shown(result: Texts): Texts {
  const summary = fitText(result.summary ?? '', LIMITS.summary);
  return { ...(summary !== undefined && { summary }), ...executionId(result) };
}

function executionId({ externalExecutionId = '' }: Texts): Texts {
  const id = fitText(externalExecutionId, LIMITS.externalExecutionId);
  return id === undefined ? {} : { externalExecutionId: id };
}

/** `undefined` for a text of nothing. The cut is shown, and splits no character in two. */
function fitText(text: string, longest: number): string | undefined {
  const clean = redactText(text).trim();
  if (clean.length <= longest) return clean === '' ? undefined : clean;
  return `${clean.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function percent(value: number): number {
  return Number.isFinite(value) ? Math.min(100, Math.max(0, Math.floor(value))) : 0;
}

function assertToken(token: string): void {
  if (token.length >= 1 && token.length <= LIMITS.token) return;
  throw new BadInputError(
    `the job cannot be continued: its token has ${token.length} characters, CodePipeline takes 1 to ${LIMITS.token}`,
    {
      hint: 'keep less in the continuation',
    },
  );
}

function assertVariables(variables: Readonly<Record<string, string>>): void {
  const entries = Object.entries(variables);
  const bad = entries.find(([name]) => !/^[A-Za-z0-9@_-]+$/.test(name))?.[0];
  if (bad !== undefined)
    throw new BadInputError(`the output variable ${JSON.stringify(bad)} cannot be given: CodePipeline takes letters, digits, @, _ and -`, {
      hint: 'rename it',
    });
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (bytes > LIMITS.variableBytes)
    throw new BadInputError(`the output variables cannot be given: they have ${bytes} bytes, CodePipeline takes ${LIMITS.variableBytes}`, {
      hint: 'give fewer of them, or a reference to where the rest is',
    });
}
