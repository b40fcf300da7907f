import type { Problem } from '../platform/schema-problems.ts';
import type { Outline, OutlinedCluster } from './outline.ts';

/** Whether clusters and stages fit together. */
export function checkClusters({ stages, clusters }: Outline): readonly Problem[] {
  const unused = Object.keys(stages).filter((stage) => !clusters.some((cluster) => cluster.stage === stage));
  return [
    ...(Object.keys(stages).length === 0 ? [{ path: ['stages'], message: 'names no stage' }] : []),
    ...unused.map((stage) => ({ path: ['stages', stage], message: 'has no cluster' })),
    ...clusters.flatMap((cluster, index) => problemsOfCluster(cluster, index, { stages, clusters })),
  ];
}

function problemsOfCluster(cluster: OutlinedCluster, index: number, { stages, clusters }: Pick<Outline, 'stages' | 'clusters'>): Problem[] {
  const { name, stage, account, region, roleArn, externalId } = cluster;
  const problems: Problem[] = [];
  const problem = (path: PropertyKey[], message: string): void => void problems.push({ path, message });
  const home = stage !== undefined && Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (stage !== undefined && !home) {
    problem(['clusters', index, 'stage'], `no stage is called ${stage} (stages: ${Object.keys(stages).join(', ')})`);
  }
  // A spoke stack is made for an account and a region; whether that is elsewhere can be told only of a stage that says where it is.
  const elsewhere = roleArn === undefined && (account ?? region) !== undefined;
  if (home && elsewhere && (home.account === undefined || home.region === undefined)) {
    problem(
      ['clusters', index, account === undefined ? 'region' : 'account'],
      `needs account and region of stage ${stage} to be said as well`,
    );
  }
  if (clusters.findIndex((other) => other.name === name && other.stage === stage) < index) {
    problem(['clusters', index, 'name'], `${name} is in stage ${stage} already; give this one a name of its own and say its eksName`);
  }
  if (externalId !== undefined && roleArn === undefined) problem(['clusters', index, 'externalId'], 'means nothing without roleArn');
  return problems;
}
