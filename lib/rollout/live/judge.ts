import type { Verdict } from '../verdict/outcome.ts';
import type { VerdictPolicy } from '../verdict/policy.ts';
import type { Observed } from '../verdict/scene.ts';
import { verdict } from '../verdict/verdict.ts';

/** What decides on a look; other tools' rules can stand in for the verdict. @param now epoch milliseconds */
export type Judge = (observed: Observed, now: number) => Verdict;

export function verdictJudge(policy?: VerdictPolicy): Judge {
  return (observed, now) => verdict(observed, now, policy);
}
