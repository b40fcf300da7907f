import type { Problem } from '../platform/schema-problems.ts';
import { nearestWord } from '../schedule/nearest-word.ts';
import type { Outline, OutlinedCluster, OutlinedStage } from './outline.ts';

type Stages = Readonly<Record<string, Pick<OutlinedStage, 'account' | 'region'>>>;
type Clusters = readonly OutlinedCluster[];

/** Whether clusters and stages fit together; what cannot be read of either has been told. */
export function checkClusters({ stages, clusters }: Outline): readonly Problem[] {
  if (!stages || !clusters) return [];
  return [...stagesWithoutCluster(stages, clusters), ...clusters.flatMap((_, index) => problemsOfCluster(index, clusters, stages))];
}

function stagesWithoutCluster(stages: Stages, clusters: Clusters): Problem[] {
  const names = Object.keys(stages);
  // A mistyped stage is told once, at the cluster.
  const meant = clusters.map(({ stage }) => stage !== undefined && (stageOf(stages, stage) ? stage : nearestWord(stage, names)));
  return names
    .filter((name) => clusters.length > 0 && !meant.includes(name))
    .map((name) => ({ path: ['stages', name], message: `has no cluster; name it as the stage of one, or take it out` }));
}

function problemsOfCluster(index: number, clusters: Clusters, stages: Stages): Problem[] {
  const cluster = clusters[index] ?? {};
  const { stage, account, region, roleArn, externalId } = cluster;
  const home = stage === undefined ? undefined : stageOf(stages, stage);
  const problems = home || stage === undefined ? [] : [{ word: 'stage', message: unknownStage(stage, Object.keys(stages)) }];
  // A spoke stack is made for an account and a region; whether that is elsewhere can be told only of a stage that says where it is.
  const elsewhere = roleArn === undefined && (account ?? region) !== undefined;
  if (home && elsewhere && (home.account === undefined || home.region === undefined)) {
    const word = account === undefined ? 'region' : 'account';
    problems.push({ word, message: `needs account and region of stage ${stage} to be said as well, in stages.${stage}` });
  }
  if (externalId !== undefined && roleArn === undefined) problems.push({ word: 'externalId', message: 'means nothing without roleArn' });
  const found = [...problems, ...problemsWithOthers(cluster, clusters.slice(0, index), stages)];
  return found.map(({ word, message }) => ({ path: ['clusters', index, word], message }));
}

function unknownStage(stage: string, names: readonly string[]): string {
  const nearest = nearestWord(stage, names);
  return `no stage is called ${stage}${nearest === undefined ? ` (stages: ${names.join(', ')})` : `; did you mean ${nearest}?`}`;
}

/** Under one name each cluster would be restored to the sizes of the other; under two names one cluster would be worked on twice. */
function problemsWithOthers(cluster: OutlinedCluster, before: Clusters, stages: Stages): { word: string; message: string }[] {
  const { name, stage } = cluster;
  const others = before.filter((other) => name !== undefined && stage !== undefined && other.stage === stage);
  if (others.some((other) => other.name === name))
    return [{ word: 'name', message: `${name} is in stage ${stage} already; give this one a name of its own and say its eksName` }];
  const same = others.find((other) => JSON.stringify(identityOf(other, stages)) === JSON.stringify(identityOf(cluster, stages)));
  return same ? [{ word: 'name', message: `is the same cluster as ${same.name}; take one of them out` }] : [];
}

/** What AWS knows a cluster by; `undefined` where only the credentials that deploy will tell. */
export interface ClusterIdentity {
  readonly eksName: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

export function identityOf(
  { name, eksName = name, account, region, roleArn, stage = '' }: OutlinedCluster,
  stages: Stages,
): ClusterIdentity {
  const home = stageOf(stages, stage);
  return { eksName, account: account ?? roleArn?.split(':')[4] ?? home?.account, region: region ?? home?.region };
}

function stageOf(stages: Stages, name: string): Stages[string] | undefined {
  return Object.hasOwn(stages, name) ? stages[name] : undefined;
}
