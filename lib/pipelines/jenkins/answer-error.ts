import { parseRetryAfter } from '../../platform/retry-after.ts';
import {
  BadAnswerError,
  ConflictError,
  CrumbError,
  ForbiddenError,
  NotFoundError,
  type PipelineError,
  RateLimitError,
  UnauthorizedError,
} from '../errors.ts';
import type { WireAnswer } from '../http/send.ts';

/** Without a Retry-After. */
const DEFAULT_WAIT_MS = 10_000;

export function isCrumbRefusal({ status, body }: WireAnswer): boolean {
  return status === 403 && /no valid crumb/i.test(body);
}

/** A redirect to where browsers log in. */
export function wantsLogin({ status, header }: WireAnswer): boolean {
  return status >= 300 && status < 400 && /login|securityRealm|oauth|saml|sso/i.test(header('location') ?? '');
}

/**
 * The error that an answer of Jenkins is. Its pages are never quoted: they may show what was sent.
 * @param what what was done, as in `trigger shop/deploy`
 * @param now epoch milliseconds, for a Retry-After that is a date
 */
export function answerError(answer: WireAnswer, what: string, now: number): PipelineError {
  const { status } = answer;
  const details = { service: 'jenkins', status } as const;
  const failed = `Jenkins did not ${what}:`;
  if (status === 401) {
    const hint = 'check the user and the API token (user menu, Security, API Token); a token that was revoked answers like this too';
    return new UnauthorizedError(`${failed} the user or the token was refused (401)`, { ...details, hint });
  }
  if (isCrumbRefusal(answer)) {
    const hint = 'use an API token, which needs no crumb; with a password, see that a proxy passes cookies and the crumb header on';
    return new CrumbError(`${failed} it did not take the crumb that it had issued (403)`, { ...details, hint });
  }
  if (status === 403) return forbidden(answer, failed);
  if (status === 404) {
    const hint = 'check the name, folders first, and the context path in the URL; without Job/Read Jenkins answers like this too';
    return new NotFoundError(`${failed} there is no such page, or the user may not see it (404)`, { ...details, hint });
  }
  if (status === 409) {
    return new ConflictError(`${failed} the job cannot be built (409)`, {
      ...details,
      hint: 'enable the job, or save its configuration once',
    });
  }
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(answer.header('retry-after'), now) ?? DEFAULT_WAIT_MS;
    return new RateLimitError(`${failed} something before it asks to slow down (429)`, { ...details, retryAfterMs });
  }
  return status >= 300 && status < 400 ? redirected(answer, failed) : unwell(status, failed);
}

/** Jenkins names the permission and who it takes the caller for in headers. */
function forbidden(answer: WireAnswer, failed: string): ForbiddenError {
  const permission = shortName(answer.header('x-required-permission'));
  const user = answer.header('x-you-are-authenticated-as');
  const who = user !== undefined && /^[\w.@-]{1,60}$/.test(user) ? user : 'the user';
  const lacks = permission === undefined ? 'may not do this' : `lacks the permission ${permission}`;
  return new ForbiddenError(`${failed} ${who} ${lacks} (403)`, {
    service: 'jenkins',
    status: 403,
    hint: `give the user ${permission ?? 'Job/Build and Job/Read'} on the job or its folder`,
  });
}

/** `hudson.model.Item.Build` is Job/Build in every form that people see. */
function shortName(permission: string | undefined): string | undefined {
  const [, scope, name] = /\.(\w+)\.(\w+)$/.exec(permission ?? '') ?? [];
  if (scope === undefined || name === undefined) return undefined;
  return `${scope === 'Item' ? 'Job' : scope === 'Hudson' ? 'Overall' : scope}/${name}`;
}

function redirected(answer: WireAnswer, failed: string): PipelineError {
  const details = { service: 'jenkins', status: answer.status } as const;
  const location = answer.header('location') ?? '';
  if (wantsLogin(answer)) {
    const hint = 'use an API token: single sign-on pages are for browsers';
    return new UnauthorizedError(`${failed} it wants a login first (${answer.status})`, { ...details, hint });
  }
  const to = URL.canParse(location) ? new URL(location).origin : 'another page';
  return new BadAnswerError(`${failed} it redirects to ${to} (${answer.status})`, {
    ...details,
    retryable: false,
    hint: 'give the URL that it redirects to; redirects are not followed, so that a token goes only where it should',
  });
}

function unwell(status: number, failed: string): BadAnswerError {
  return new BadAnswerError(`${failed} status ${status}`, {
    service: 'jenkins',
    status,
    retryable: status >= 500,
    hint: status === 503 ? 'Jenkins is starting, or a proxy does not reach it' : 'see the system log of Jenkins at that time',
  });
}
