import type { Verdict } from './outcome.ts';

/** A resource that a deploy is watched by. An optional one is told of, and neither fails nor delays anything. */
export interface Watched {
  readonly verdict: Verdict;
  readonly optional: boolean;
}

/** From the worst to the best that can be said of several resources together. */
const ORDER: readonly Verdict['outcome'][] = ['failed', 'terminating', 'blocked', 'waiting', 'degraded', 'ignored', 'done'];

/** One verdict on everything that is watched: that of the worst of what is required. */
export function gate(watched: readonly Watched[]): Verdict {
  const required = watched.filter(({ optional }) => !optional).map(({ verdict }) => verdict);
  const outcome = ORDER.find((each) => required.some((verdict) => verdict.outcome === each)) ?? 'done';
  const optional = watched
    .filter(({ optional: isOptional, verdict }) => isOptional && verdict.outcome !== 'done' && verdict.outcome !== 'ignored')
    .map(
      ({ verdict }) =>
        `optional: ${verdict.reasons[0]?.resource ?? 'a resource'} is ${verdict.outcome}: ${verdict.reasons[0]?.message ?? ''}`,
    );
  return {
    outcome,
    reasons: required.filter((verdict) => verdict.outcome === outcome).flatMap(({ reasons }) => reasons),
    warnings: [...required.flatMap(({ warnings }) => warnings), ...optional],
  };
}
