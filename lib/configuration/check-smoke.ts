import type { Problem } from '../platform/schema-problems.ts';
import { nearestWord } from '../schedule/nearest-word.ts';
import type { Outline } from './outline.ts';
import { stagesOfSuite } from './suite-stages.ts';

/** Whether suites, stages and clusters fit together. */
export function checkSmoke({ stages = {}, clusters = [], smoke }: Outline): readonly Problem[] {
  const { suites = {} } = smoke;
  const all = Object.keys(stages);
  const claimed = new Map<string, string>();
  return Object.entries(suites).flatMap(([name, suite]) => {
    const path = ['smoke', 'suites', name];
    const home = stagesOfSuite(suite, all, clusters);
    return [
      ...(suite.stages ?? []).flatMap((stage, index) =>
        all.includes(stage) ? [] : [{ path: [...path, 'stages', index], message: unknown('stage', stage, all) }],
      ),
      ...clusterProblems(suite.target?.cluster, home, clusters).map((message) => ({ path: [...path, 'target', 'cluster'], message })),
      ...(suite.codeDeploy ?? []).flatMap((application, index) => {
        const twice = home.map((stage) => claimed.get(`${stage} ${application}`)).find((other) => other !== undefined);
        for (const stage of home) claimed.set(`${stage} ${application}`, name);
        if (twice === undefined) return [];
        return [{ path: [...path, 'codeDeploy', index], message: `${application} has the suite ${twice} already; an application has one` }];
      }),
    ];
  });
}

function clusterProblems(cluster: string | undefined, home: readonly string[], clusters: Outline['clusters'] & {}): string[] {
  if (cluster === undefined) return [];
  const known = clusters.filter(({ name }) => name === cluster);
  if (known.length === 0)
    return [
      unknown(
        'cluster',
        cluster,
        clusters.flatMap(({ name }) => (name === undefined ? [] : [name])),
      ),
    ];
  const without = home.filter((stage) => !known.some((each) => each.stage === stage));
  return without.length === 0 ? [] : [`${cluster} is no cluster of stage ${without.join(', ')}; name stages that look after it`];
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const nearest = nearestWord(name, names);
  return `no ${what} is called ${name}${nearest === undefined ? ` (${what}s: ${names.join(', ')})` : `; did you mean ${nearest}?`}`;
}
