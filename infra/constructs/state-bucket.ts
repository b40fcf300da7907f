import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Those of runs, and those of smoke suites. */
const REPORTS = ['reports', 'smoke'] as const;
const REPORT_DAYS = 400;
const OLD_VERSION_DAYS = 30;
const ACCESS_LOG_DAYS = 90;

/**
 * The state: originals and run plans (`runs/`), reports (`reports/`, `smoke/`). It outlives the stack, because it holds what a cluster has to be restored to.
 * Originals never expire by themselves: a cluster may sleep for as long as it likes.
 */
export class StateBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      serverAccessLogsBucket: accessLogs(scope, `${id}AccessLogs`),
      lifecycleRules: [
        ...REPORTS.map((id) => ({ id, prefix: `${id}/`, expiration: Duration.days(REPORT_DAYS) })),
        {
          id: 'old-versions',
          noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    keepPolicy(this);
  }
}

/** Who read or wrote the state. */
function accessLogs(scope: Construct, id: string): IBucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    lifecycleRules: [{ id: 'old-logs', expiration: Duration.days(ACCESS_LOG_DAYS) }],
  });
  keepPolicy(bucket);
  return bucket as IBucket;
}

/** A bucket that outlives its stack goes on to refuse what is not encrypted on its way, and to take access logs. */
function keepPolicy({ policy }: Bucket): void {
  policy?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
}
