import type { JenkinsHandle } from '../../lib/pipelines/jenkins/handle.ts';
import type { JenkinsState } from '../../lib/pipelines/jenkins/state.ts';
import type { Mask } from '../../lib/pipelines/mask.ts';
import type { Outcome } from '../../lib/pipelines/outcome.ts';
import type { Waited } from '../../lib/pipelines/wait-for.ts';

/** What a command has come to know of a build. */
export interface JenkinsRun {
  /** Jenkins's own words may hold what was sent. */
  readonly mask: Mask;
  readonly handle: JenkinsHandle;
  readonly merged: boolean;
  /** Absent when nobody waited. */
  readonly waited?: Waited<JenkinsState>;
  readonly tail?: readonly string[];
}

export interface Result {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Absent when nobody waited. */
  readonly outcome: Outcome | undefined;
  readonly url: string | undefined;
}

/** One document for programs, and its text for people. */
export function jenkinsResult({ handle, merged, waited, tail = [], mask }: JenkinsRun): Result {
  const base = { service: 'jenkins', job: handle.job, handle, merged };
  if (!waited) {
    const document = { ...base, phase: 'queued' };
    return { document, text: `triggered ${handle.job}: queue item ${handle.queueId}`, outcome: undefined, url: undefined };
  }
  const state = waited.state;
  if (!waited.over || state === undefined || state.phase !== 'done') return timedOut(base, state, mask);
  const { phase, outcome, result, build, url, durationMs, reason } = state;
  const document = { ...base, phase, outcome, result, build, url, durationMs, reason, ...(tail.length > 0 && { consoleTail: tail }) };
  const name = build === undefined ? handle.job : `${handle.job} #${build}`;
  const took = durationMs === undefined ? '' : ` after ${Math.round(durationMs / 1000)} s`;
  const lines = [`${name}: ${reason ?? `${result}${took}`}`, ...(url === undefined ? [] : [url]), ...tail.map((line) => `  | ${line}`)];
  return { document, text: lines.join('\n'), outcome, url };
}

function timedOut(base: { readonly job: string }, state: JenkinsState | undefined, mask: Mask): Result {
  const url = state?.phase === 'running' ? state.url : undefined;
  const where = state?.phase === 'queued' ? `it still waits in the queue (${mask(state.why ?? 'no reason given')})` : 'it goes on';
  const reason = `not over when the time was up: ${where}`;
  const text = [`${base.job}: ${reason}`, ...(url === undefined ? [] : [url])].join('\n');
  return { document: { ...base, phase: state?.phase ?? 'queued', outcome: 'timed_out', reason, url }, text, outcome: 'timed_out', url };
}
