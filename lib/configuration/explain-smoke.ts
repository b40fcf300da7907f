import type { StageSmoke, StageSuite } from './stage-smoke.ts';

export interface ExplainedSuite extends Omit<StageSuite, 'document'> {
  /** Names of SSM parameters and of secrets that its variables come from. */
  readonly reads: readonly string[];
}

/** What post-deploy-smoke proves in a stage, and for whom; empty lists are left out. */
export interface SmokeExplanation extends Partial<Omit<StageSmoke, 'suites'>> {
  readonly suites: readonly ExplainedSuite[];
}

export function explainSmoke({ suites, url, ...lists }: StageSmoke): SmokeExplanation {
  return {
    suites: suites.map(({ document: { parameters, secrets }, ...suite }) => ({ ...suite, reads: [...parameters, ...secrets] })),
    ...(url && { url }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
}
