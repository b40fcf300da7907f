import * as z from 'zod';

/** A word that becomes part of AWS resource names, which are as short as 64 characters and lower case for buckets. */
export const shortName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be up to 20 lower-case letters, digits and dashes, starting with a letter');

export const accountId = z
  .string()
  .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
  .meta({ examples: ['111122223333'] });

export const regionName = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be an AWS region, such as eu-central-1')
  .meta({ examples: ['eu-central-1', 'us-east-1'] });

/** EKS names: API reference of CreateCluster. */
export const clusterName = z
  .string()
  .regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, 'must be up to 100 letters, digits, dashes and underscores, starting with a letter or digit');

export const roleArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'must be the ARN of an IAM role')
  .meta({ examples: ['arn:aws:iam::111122223333:role/nightshift-reader'] });

/** SSM parameter names: fully qualified, so that a policy can name them. */
export const parameterName = z
  .string()
  .regex(/^(\/[A-Za-z0-9_.-]+)+$/, 'must be the full name of an SSM parameter, starting with a slash')
  .max(1011)
  .meta({ examples: ['/nightshift/slack-webhook'] });

export const emailAddress = z.email('must be an e-mail address');
