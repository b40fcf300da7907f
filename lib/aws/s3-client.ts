import { S3Client } from '@aws-sdk/client-s3';
import { clientConfig } from './client-config.ts';
import { onePerTarget } from './target.ts';
import { tellTraffic } from './traffic.ts';

/** The S3 client of a region and role. Path-style addresses, because local endpoints and bucket names with dots have no certificate for `bucket.host`. */
export const s3Client = onePerTarget((target) => tellTraffic(new S3Client({ ...clientConfig(target), forcePathStyle: true })));
