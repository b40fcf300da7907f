import type { Permission } from './permission.ts';

const anyNetworkInterface = 'network interfaces have no ARN before they exist, and EC2 knows no condition that fits Lambda making them';

/** What Lambda itself needs to run any of the functions, in the place of AWS's managed policies, which allow every log group. */
export function executionPermissions(logGroupArn: string, { inVpc }: { readonly inVpc: boolean }): readonly Permission[] {
  return [
    {
      sid: 'WriteLog',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroupArn],
      reason: 'writes its log, and its metrics in it',
      wildcardReason: "a log group's ARN ends in :* where its streams are meant",
    },
    {
      sid: 'SendTraces',
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
      reason: 'active tracing: Lambda sends how long starts and runs took',
      wildcardReason: 'X-Ray knows no resources for these two actions',
    },
    ...(inVpc ? [networkInterfaces] : []),
  ];
}

const networkInterfaces: Permission = {
  sid: 'AttachToVpc',
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
    'ec2:DescribeSubnets',
  ],
  resources: ['*'],
  reason: 'Lambda attaches the function to the VPC of the stage',
  wildcardReason: anyNetworkInterface,
};
