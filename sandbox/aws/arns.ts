/** `bucket`, or `bucket/key` for an object. */
export function s3Arn(path: string): string {
  return `arn:aws:s3:::${path}`;
}

/** Names with and without a leading slash have ARNs of one form; a selector (`name:version`) is no part of it. */
export function parameterArn(region: string, account: string, name: string): string {
  const [bare = ''] = name.replace(/^\//, '').split(':');
  return `arn:aws:ssm:${region}:${account}:parameter/${bare}`;
}

export function clusterArn(region: string, account: string, name: string): string {
  return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}

export function tableArn(region: string, account: string, name: string): string {
  return `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}

/** With the six characters that Secrets Manager adds to a name; without them for a name that it does not know. */
export function secretArn(region: string, account: string, name: string): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;
}

export function deploymentGroupArn(region: string, account: string, group: string): string {
  return `arn:aws:codedeploy:${region}:${account}:deploymentgroup:${group}`;
}

export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
