import type { Permission } from './permission.ts';

export interface ExecutionSubjects {
  readonly logGroupArn: string;
  readonly functionArn: string;
  readonly inVpc: boolean;
}

/** What Lambda itself needs to run any of the functions, in the place of AWS's managed policies, which allow every log group. */
export function executionPermissions({ logGroupArn, functionArn, inVpc }: ExecutionSubjects): readonly Permission[] {
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
    ...(inVpc ? networkInterfaces(functionArn) : []),
  ];
}

/** Lambda attaches the function with the function's own role; the function's code has no business with interfaces (Lambda developer guide, VPC). */
function networkInterfaces(functionArn: string): readonly Permission[] {
  const actions = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
    'ec2:DescribeSubnets',
  ];
  return [
    {
      sid: 'AttachToVpc',
      actions,
      resources: ['*'],
      reason: 'Lambda attaches the function to the VPC of the stage',
      wildcardReason: 'network interfaces have no ARN before they exist; the next statement keeps the rights from the code of the function',
    },
    {
      sid: 'NotByTheCode',
      effect: 'deny',
      actions,
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': functionArn } },
      reason: 'what the function runs may not do what Lambda does for it',
    },
  ];
}
