import { s3Client } from '../../lib/aws/s3-client.ts';
import { s3StateStore } from '../../lib/aws/s3-state-store.ts';
import type { Environment } from '../../lib/platform/job-definition.ts';
import type { StateStore } from '../../lib/platform/state-store.ts';
import type { S3Target } from './config.ts';
import { regionOf } from './region.ts';

/** The state bucket, in the region that the function runs in. */
export function s3State({ bucket, prefix }: S3Target, env: Environment): StateStore {
  return s3StateStore({ client: s3Client({ region: regionOf(env) }), bucket, ...(prefix && { prefix }) });
}
