import type { StageConfig } from '../../lib/configuration/stage.ts';
import type { StageResources } from '../functions/definition.ts';
import { clusterPermissions } from './clusters.ts';
import { readPolicy, slackPermission } from './common.ts';
import type { Permission } from './permission.ts';

/** What scale-dev-nightly may do on AWS; inside a cluster its ClusterRole says. */
export function scalePermissions(stage: StageConfig, resources: StageResources): readonly Permission[] {
  return [
    {
      sid: 'KeepOriginalsAndReports',
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${resources.stateBucketArn}/runs/*`, `${resources.stateBucketArn}/reports/*`],
      reason: 'writes the originals of a run before its first change and its report after the last; reads originals to restore them',
      wildcardReason: 'the names of runs and their parts are made when they run',
    },
    {
      sid: 'FindOriginals',
      actions: ['s3:ListBucket'],
      resources: [resources.stateBucketArn],
      reason: 'finds the originals of the run that is to be restored; without it S3 answers 403 instead of 404 for what is not there',
    },
    readPolicy(resources),
    ...slackPermission(stage, resources),
    ...clusterPermissions('scale-dev-nightly', stage, resources),
  ];
}
