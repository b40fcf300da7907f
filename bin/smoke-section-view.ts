import type { ExplainedSuite, SmokeExplanation } from '../lib/configuration/explain-smoke.ts';

/** What a stage proves, a suite a line. */
export function suitesText({ suites }: SmokeExplanation): readonly string[] {
  if (suites.length === 0) return ['what its callers bring (smoke.suites names suites of its own)'];
  return suites.map((suite) => {
    const parts = [
      ...(suite.target === undefined
        ? []
        : [`${suite.target.kind} ${suite.target.namespace}/${suite.target.name} in ${suite.target.cluster}`]),
      ...(suite.app === undefined ? [] : [`releases of ${suite.app}`]),
      ...(suite.reads.length === 0 ? [] : [`reads ${suite.reads.join(', ')}`]),
    ];
    return parts.length === 0 ? suite.name : `${suite.name}: ${parts.join('; ')}`;
  });
}

/** Who asks for it. */
export function callersText({ suites, url }: SmokeExplanation): readonly string[] {
  return [
    'pipelines, people and programs that may invoke the function',
    ...suites.flatMap(triggersOf),
    ...(url === undefined ? [] : [`whoever shows the token in ${url.tokenParameter}, by a URL`]),
  ];
}

function triggersOf({ name, codeDeploy = [], on = [] }: ExplainedSuite): string[] {
  const events = on.map(
    ({ source, detailType = [] }) => `events of ${source.join(', ')}${detailType.length === 0 ? '' : ` (${detailType.join(', ')})`}`,
  );
  const hooks = codeDeploy.length === 0 ? [] : [`hooks of CodeDeploy for ${codeDeploy.join(', ')}`];
  return [...hooks, ...events].map((trigger) => `${trigger}: ${name}`);
}

/** What it may do beyond that, by the words of the file. */
export function reachText({ allow = [], repositories = [], apis = [] }: SmokeExplanation): readonly string[] {
  return Object.entries({ allow, repositories, apis }).flatMap(([word, list]) =>
    list.length === 0 ? [] : [`${word}: ${list.join(', ')}`],
  );
}
