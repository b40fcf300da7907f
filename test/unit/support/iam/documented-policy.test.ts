import { describe, expect, it } from 'vitest';
import { describeIn, documentedPolicy } from '../../../support/iam/documented-policy.ts';
import { grantsOf } from '../../../support/iam/tally.ts';

const ROLE = 'arn:aws:iam::111122223333:role/TEAM/nightshift';

describe('the policy on the page about scale-dev-nightly', () => {
  it('takes names for its words in capitals', () => {
    const policy = documentedPolicy({
      BUCKET: 'state',
      PREFIX: 'dev',
      REGION: 'eu-west-1',
      ACCOUNT: '111111111111',
      CLUSTER: 'DEV',
      ROLEARN: ROLE,
    });

    expect(grantsOf([policy])).toEqual([
      { action: 's3:GetObject', resource: 'arn:aws:s3:::state/dev/runs/*' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::state/dev/reports/*' },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::state/dev/runs/*' },
      { action: 's3:PutObject', resource: 'arn:aws:s3:::state/dev/reports/*' },
      { action: 's3:ListBucket', resource: 'arn:aws:s3:::state' },
      { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-west-1:111111111111:parameter/nightshift/*' },
      { action: 'eks:DescribeCluster', resource: 'arn:aws:eks:eu-west-1:111111111111:cluster/DEV' },
      { action: 'sts:AssumeRole', resource: ROLE },
    ]);
  });

  it('takes none, or several, of each', () => {
    const policy = documentedPolicy({ BUCKET: [], PREFIX: '', CLUSTER: ['dev', 'qa'], ROLEARN: [] });

    expect(grantsOf([policy]).map(({ resource }) => resource)).toEqual([
      'arn:aws:ssm:eu-central-1:000000000000:parameter/nightshift/*',
      'arn:aws:eks:eu-central-1:000000000000:cluster/dev',
      'arn:aws:eks:eu-central-1:000000000000:cluster/qa',
    ]);
  });

  it('goes with one for the role of another account', () => {
    expect(grantsOf([describeIn(ROLE, 'dev', 'us-east-1')])).toEqual([
      { action: 'eks:DescribeCluster', resource: 'arn:aws:eks:us-east-1:111122223333:cluster/dev' },
    ]);
  });
});
