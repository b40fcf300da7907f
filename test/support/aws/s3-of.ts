import { S3Client } from '@aws-sdk/client-s3';
import type { MotoApi } from './moto.ts';

/** An S3 client for what lies in the emulator; S3 speaks XML, which the plain calls of {@link MotoApi} don't read. */
export function s3Of({ endpoint, caller }: MotoApi): S3Client {
  return new S3Client({ endpoint, region: caller.region, forcePathStyle: true, credentials: caller });
}
