import type { Problem } from '../platform/schema-problems.ts';
import { identityOf } from './check-clusters.ts';
import type { ClusterSection, Configuration } from './schema.ts';
import { TIME_SPEC_WORDS } from './sleep-section.ts';

/** What a good file says and its author may not mean. */
export function warningsOf(file: Configuration): readonly Problem[] {
  return [...stagesThatNeverSleep(file), ...emptyFilters(file), ...sharedClusters(file), ...registriesMadeTwice(file)];
}

function stagesThatNeverSleep({ stages, sleep }: Configuration): Problem[] {
  return Object.entries(stages)
    .filter(([, { sleep: own }]) => TIME_SPEC_WORDS.every((word) => (own?.[word] ?? sleep[word]) === undefined))
    .map(([stage]) => ({
      path: ['stages', stage],
      message: 'has no schedule: only what has annotations of its own sleeps; say uptime in sleep',
    }));
}

/** An empty list of what takes part leaves nothing that does. */
function emptyFilters({ stages, sleep }: Configuration): Problem[] {
  const sections = [
    { path: ['sleep'], words: sleep },
    ...Object.entries(stages).map(([stage, own]) => ({ path: ['stages', stage, 'sleep'], words: own.sleep })),
  ];
  return sections.flatMap(({ path, words }) =>
    (['kinds', 'namespaces'] as const)
      .filter((word) => words?.[word]?.length === 0)
      .map((word) => ({ path: [...path, word], message: 'is empty: nothing sleeps; leave the word out for all of them' })),
  );
}

/** Two stages may share a cluster when each has namespaces of its own; nothing here can tell whether they do. */
function sharedClusters({ stages, clusters }: Configuration): Problem[] {
  return clusters.flatMap((cluster, index) => {
    const other = clusters.slice(0, index).find((each) => each.stage !== cluster.stage && isSame(each, cluster, stages));
    if (!other) return [];
    return [
      {
        path: ['clusters', index, 'name'],
        message: `is the cluster ${other.name} of stage ${other.stage} as well; keep their namespaces apart`,
      },
    ];
  });
}

/** Stages that do not say where they are may be anywhere. */
function isSame(a: ClusterSection, b: ClusterSection, stages: Configuration['stages']): boolean {
  const [one, another] = [identityOf(a, stages), identityOf(b, stages)];
  return one.account !== undefined && one.region !== undefined && JSON.stringify(one) === JSON.stringify(another);
}

/** An account has one registry of test events in a region. Stages that do not say where they are go where the credentials are: to one place. */
function registriesMadeTwice({ stages }: Configuration): Problem[] {
  const makers = Object.entries(stages).filter(([, { testEvents }]) => testEvents === 'create');
  return makers.flatMap(([stage, { account, region }], index) => {
    const first = makers.slice(0, index).find(([, other]) => account === other.account && region === other.region);
    if (!first) return [];
    const message = `makes the registry of test events a second time, after stage ${first[0]}; say testEvents: existing in one of them`;
    return [{ path: ['stages', stage], message }];
  });
}
