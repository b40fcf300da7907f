import { s3Client } from '../aws/s3-client.ts';
import { s3StateStore } from '../aws/s3-state-store.ts';
import type { Environment } from '../platform/job-definition.ts';
import type { StateStore } from '../platform/state-store.ts';
import { regionOf } from './region.ts';
import type { S3Target } from './state-target.ts';

/** The state bucket, in the region that the function runs in. */
export function s3State({ bucket, prefix }: S3Target, env: Environment): StateStore {
  return s3StateStore({ client: s3Client({ region: regionOf(env) }), bucket, ...(prefix && { prefix }) });
}
