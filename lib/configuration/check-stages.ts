import type { Problem } from '../platform/schema-problems.ts';
import type { Outline, OutlinedCluster } from './outline.ts';

/**
 * Clusters in a stage's own account and region, each with an access entry in the stage's stack for every function that enters clusters:
 * CloudFormation takes 500 resources in one, three functions enter, and everything else needs fewer than 150. EKS itself lets an account have 100
 * clusters in a region unless asked for more. Clusters elsewhere are in stacks of their own, with as much room each.
 */
export const MOST_CLUSTERS = 115;

/** Whether stages fit into what AWS takes: a limit that a deployment would meet half-way. */
export function checkStages({ stages = {}, clusters = [] }: Outline): readonly Problem[] {
  return tooManyClusters(Object.keys(stages), clusters);
}

function tooManyClusters(stages: readonly string[], clusters: readonly OutlinedCluster[]): Problem[] {
  return stages.flatMap((stage) => {
    const places = new Map<string, number>();
    for (const { stage: its, roleArn, account, region } of clusters) {
      const place = `${account} ${region}`;
      if (its === stage && roleArn === undefined) places.set(place, (places.get(place) ?? 0) + 1);
    }
    const most = Math.max(0, ...places.values());
    if (most <= MOST_CLUSTERS) return [];
    return [
      {
        path: ['stages', stage],
        message: `has ${most} clusters in one account and region, and ${MOST_CLUSTERS} are the most; make another stage for some`,
      },
    ];
  });
}
