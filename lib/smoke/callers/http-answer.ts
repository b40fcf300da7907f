import type { CallerKind } from './call.ts';
import type { Standing } from './standing.ts';

/** What a function's URL answers with (payload format 2.0). */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Flagger makes the body the text of an event, which has room for about 1,000 characters. */
const LONGEST_REASON = 1000;

/**
 * Flagger's gate: 200 opens it. Whatever else keeps it closed, with the reason as the body; 429 and 5xx are asked again and their body is lost, so
 * they are only for what may pass by itself (https://docs.flagger.app/usage/webhooks).
 */
const GATE: Readonly<Record<Standing['kind'], number>> = {
  passed: 200,
  waiting: 425,
  failed: 409,
  misconfigured: 400,
  denied: 403,
  unavailable: 503,
};

export function flaggerAnswer({ kind, summary }: Standing): HttpAnswer {
  return text(GATE[kind], summary.slice(0, LONGEST_REASON));
}

/**
 * Argo's web metric: any status but 2xx is an error and no failure, so a failed check is a 200 that says so
 * (https://argo-rollouts.readthedocs.io/en/stable/analysis/web/). `ok` is null while the proof goes on.
 */
export function argoAnswer({ kind, summary, report }: Standing): HttpAnswer {
  if (kind === 'misconfigured') return text(400, summary);
  if (kind === 'denied' || kind === 'unavailable') return text(503, summary);
  const { passed = 0, failed = 0 } = report.counts;
  const all = passed + failed;
  const ok = kind === 'waiting' ? null : kind === 'passed';
  return json(200, { ok, phase: kind, successPercent: all === 0 ? Number(ok) : passed / all, summary, runId: report.runId });
}

/** Before anything was looked at. */
export function refusal(caller: CallerKind, reason: 'no-token' | 'unreadable-token' | 'stray'): HttpAnswer {
  if (reason === 'stray' || caller === 'stray-http') return text(404, 'ask for /flagger/SUITE or /argo/SUITE');
  if (reason === 'unreadable-token') return text(503, 'callers cannot be told apart at the moment');
  return text(401, 'the bearer token is missing or wrong');
}

function text(statusCode: number, body: string): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }, body };
}

function json(statusCode: number, body: unknown): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
