import * as z from 'zod';
import {
  BadAnswerError,
  ConflictError,
  ForbiddenError,
  InvalidTriggerError,
  NotFoundError,
  type PipelineError,
  UnauthorizedError,
} from '../errors.ts';
import type { WireAnswer } from '../http/send.ts';
import type { Mask } from '../mask.ts';

const schema = z.object({ message: z.string() });
const LONGEST_MESSAGE = 300;

/** GitHub's own sentence about a refusal; empty when something else has answered. */
export function messageIn(answer: WireAnswer, mask: Mask): string {
  try {
    const { message } = schema.parse(JSON.parse(answer.body));
    const line = mask(message).replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
  } catch {
    return '';
  }
}

/**
 * The error that an answer of GitHub is.
 * @param what what was done, as in `dispatch deploy.yml`
 */
export function answerError(answer: WireAnswer, what: string, mask: Mask): PipelineError | InvalidTriggerError {
  const { status } = answer;
  const details = { service: 'github', status } as const;
  const message = messageIn(answer, mask);
  const failed = `GitHub did not ${what}: ${message === '' ? 'it gave no reason' : message} (${status})`;
  switch (status) {
    case 401:
      return new UnauthorizedError(failed, {
        ...details,
        hint: 'the token is wrong, expired or revoked: make a new one and store it again',
      });
    case 403:
      return new ForbiddenError(failed, { ...details, hint: forbiddenHint(answer) });
    case 404: {
      const hint =
        'check owner, repository and workflow; a token without access sees 404 too, and GITHUB_TOKEN reaches its own repository only. ' +
        'The base URL of an Enterprise Server ends in /api/v3';
      return new NotFoundError(failed, { ...details, hint });
    }
    case 409:
      return new ConflictError(failed, {
        ...details,
        hint: 'look at its state on GitHub: it has changed meanwhile, or its checks do not allow it',
      });
    case 400:
    case 422:
      return new InvalidTriggerError(failed, { ...details, hint: invalidHint(message) });
    default: {
      const hint = status >= 500 ? 'GitHub has trouble of its own: see https://www.githubstatus.com' : 'check the base URL';
      return new BadAnswerError(failed, { ...details, retryable: status >= 500, hint });
    }
  }
}

/** GitHub names the permissions that would do in a header of its own, as in `actions=write`. */
function forbiddenHint(answer: WireAnswer): string {
  const accepted = answer.header('x-accepted-github-permissions');
  if (accepted !== undefined && /^[\w=,; -]{1,100}$/.test(accepted)) return `give the token the permission ${accepted}`;
  return 'give the token write access to actions; an organisation with single sign-on wants the token to be authorised for it';
}

function invalidHint(message: string): string {
  if (/no ref found/i.test(message)) return 'push the branch or the tag first, or correct --ref; a commit id is not a ref';
  if (/workflow_dispatch/i.test(message))
    return 'add the workflow_dispatch trigger to the workflow, on the ref that is dispatched and on the default branch';
  if (/input/i.test(message)) return 'compare with the inputs that the workflow declares on this ref';
  return 'correct the request as GitHub says';
}
